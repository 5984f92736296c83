import kleur from "kleur";
import { version } from "../../package.json";
import type { World } from "../world.ts";

const COMMANDS: readonly [string, string][] = [
  ["statusline", "read Claude Code's JSON on stdin, print the status line"],
  ["statusline configure", "choose layout, theme, icons, separators and modules, with a live preview"],
  [
    "statusline config",
    "what is configured and where it comes from: --json, get, set, unset, edit, init, check, schema, path",
  ],
  ["statusline preview", "sample sessions: --theme T, --layout L, --width N, --all, --svg FILE"],
  ["statusline themes", "the themes, each with a line in it"],
  ["statusline modules", "what can stand on the status line"],
  ["statusline refresh", "fetch what is due for the active sessions, then end"],
  [
    "statusline state",
    "what is known of sessions and accounts: --json, --yaml, path, label, migrate, cleanup, check",
  ],
  ["statusline profiles", "a line for each account"],
  ["statusline configure", "choose layout, theme, icons, separators and modules, with a live preview"],
  [
    "statusline config",
    "what is configured, and where it comes from: --json, get, set, unset, init, edit, check, schema, path",
  ],
  ["statusline preview", "sample sessions in a layout and theme: --layout, --theme, --width, --all, --svg"],
  ["statusline themes", "each theme with a line in it"],
  ["statusline modules", "what can stand on the status line, and whether it does"],
  ["statusline doctor", "what is wrong, and what to do about it"],
  ["statusline --help", "this text"],
  ["statusline --version", "the version"],
];

/** Prints what the program is and how it is used. */
export function help(world: World): Promise<void> {
  return world.stdout(`${helpText(world)}\n`);
}

/** What the program is and how it is used. */
export function helpText(world: World): string {
  const width = Math.max(...COMMANDS.map(([name]) => name.length)) + 2;
  const commands = COMMANDS.map(([name, text]) => `  ${kleur.cyan(name.padEnd(width))}${text}`);
  const settings =
    '{"statusLine": {"type": "command", "command": "statusline", "padding": 0, "refreshInterval": 10}}';
  return [
    `${kleur.bold(`statusline ${version}`)}: the status line for Claude Code`,
    "",
    kleur.bold("Usage"),
    ...commands,
    "",
    kleur.bold("In Claude Code's settings.json"),
    `  ${settings}`,
    "",
    kleur.bold("Files"),
    `  ${world.paths.root}`,
  ].join("\n");
}

/** Prints the version. */
export function showVersion(world: World): Promise<void> {
  return world.stdout(`statusline ${version}\n`);
}
