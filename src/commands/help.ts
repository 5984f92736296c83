import kleur from "kleur";
import { version } from "../../package.json";
import { program } from "../cli/definitions.ts";
import { printStyled } from "../cli/print.ts";
import { type Found, find, optionText, syntaxOf, wrongUsage } from "../cli/usage.ts";
import { width } from "../lib/text.ts";
import type { World } from "../world.ts";

const SETTINGS =
  '{"statusLine": {"type": "command", "command": "statusline", "padding": 0, "refreshInterval": 10}}';

/** `statusline help [COMMAND]`: all commands, or one with all that it takes. @throws UserError for an unknown one */
export async function help(world: World, words: readonly string[]): Promise<void> {
  const found = find(words);
  const unknown = words[found.path.length];
  if (unknown !== undefined) throw wrongUsage(found.path, unknown);
  await printStyled(world, `${found.path.length === 0 ? helpText(world) : commandHelp(found)}\n`);
}

/** `statusline COMMAND … --help`: of the words before it as many count as name a command. */
export function helpFor(world: World, words: readonly string[]): Promise<void> {
  return printStyled(world, `${commandHelp(find(words))}\n`);
}

/** What the program is and how it is used. */
export function helpText(world: World): string {
  const commands = program.subcommands ?? [];
  return [
    `${kleur.bold(`statusline ${version}`)}: the status line for Claude Code`,
    ...section("Usage", [
      ["statusline [--FLAG=VALUE …]", "read Claude Code's JSON on stdin, print the status line"],
      ["statusline COMMAND …", "run one of these; `statusline help COMMAND` lists its options"],
    ]),
    ...section(
      "Commands",
      commands.map(({ name, summary }) => [name, summary]),
    ),
    ...section(
      "Options",
      (program.options ?? []).map((option) => [optionText(option), option.summary]),
    ),
    ...section("In Claude Code's settings.json", [[SETTINGS, ""]]),
    ...section("Files", [[world.paths.root, ""]]),
  ].join("\n");
}

function commandHelp({ path, definition }: Found): string {
  const { summary, subcommands = [], options = [], flags, examples = [] } = definition;
  const name = [program.name, ...path].join(" ");
  const flag: [string, string] = [
    "--FLAG=VALUE",
    "any option of the configuration: `statusline config` lists them",
  ];
  return [
    `${kleur.bold(name)}: ${summary}`,
    ...section("Usage", [
      [`${name} ${syntaxOf(definition)}`.trimEnd(), ""],
      ...subcommands.map((each): [string, string] => [
        `${name} ${each.name} ${syntaxOf(each)}`.trimEnd(),
        each.summary,
      ]),
    ]),
    ...section("Options", [
      ...options.map((option): [string, string] => [optionText(option), option.summary]),
      ...(flags ? [flag] : []),
      ["--help", "show this text"],
    ]),
    ...section(
      "Examples",
      examples.map(([line, meaning]) => [`${program.name} ${line}`, meaning]),
    ),
  ].join("\n");
}

/** A heading and two columns below it; nothing without rows. */
function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const widest = Math.max(...rows.map(([left]) => width(left)));
  const lines = rows.map(([left, right]) => {
    const gap = " ".repeat(widest - width(left) + 2);
    return `  ${kleur.cyan(left)}${right === "" ? "" : gap}${right}`;
  });
  return ["", kleur.bold(title), ...lines];
}

/** Prints the version. */
export function showVersion(world: World): Promise<void> {
  return printStyled(world, `statusline ${version}\n`);
}
