import { mentions, type Program, programIn } from "./program.ts";
import { quoted, startOf, type Word } from "./shell.ts";

/** Seconds after which Claude Code runs the command again, when nothing else makes it. */
const REFRESH = 10;

/** What a setup is to write. */
export interface Wanted {
  readonly program: Program;
  /** Seconds; null for what is there, or else the usual. */
  readonly refresh: number | null;
}

/** The entry that a setup writes where there is none of this program. */
export function newEntry({ program, refresh }: Wanted) {
  const command = startOf(program.path);
  return { type: "command", command, padding: 0, refreshInterval: refresh ?? REFRESH };
}

/** The fields of our own entry `value` that are not as they are wanted, with what they should be. */
export function outdated(value: string, wanted: Wanted): [string, string | number][] {
  const entry = JSON.parse(value) as Record<string, unknown>;
  const command = commandIn(value) ?? "";
  const fields: [string, string | number][] = [];
  if (entry.type !== "command") fields.push(["type", "command"]);
  const found = programIn(command, wanted.program);
  // Earlier versions wrote the program alone.
  const isAlone = found !== null && command.trim() === command.slice(found.at, found.end);
  if (found === null || found.is === "other" || isAlone) {
    if (command !== startOf(wanted.program.path)) fields.push(["command", startOf(wanted.program.path)]);
  } else if (found.is === "copy") fields.push(["command", replaced(command, found, wanted.program.path)]);
  if (wanted.refresh !== null && entry.refreshInterval !== wanted.refresh)
    fields.push(["refreshInterval", wanted.refresh]);
  return fields;
}

/** Another copy of the program goes; what it is called with stays. */
const replaced = (command: string, { at, end }: Word, path: string) =>
  command.slice(0, at) + quoted(path) + command.slice(end);

/** The command of an entry, null where it has none. */
export function commandIn(value: string | null): string | null {
  if (value === null) return null;
  const { command } = Object(JSON.parse(value)) as { command?: unknown };
  return typeof command === "string" && command.trim() !== "" ? command : null;
}

/**
 * Whose an entry is: `own`; `other`; or `unsure`, of a command that has a `statusline` in it somewhere.
 * @param wrote the entry that a setup wrote
 */
export function ownerOf(value: string, wrote: string | null, program: Program): "own" | "other" | "unsure" {
  const command = commandIn(value);
  if (command === null) return "other";
  const found = programIn(command, program)?.is;
  if (found === "this" || found === "copy" || command === commandIn(wrote)) return "own";
  return mentions(command, program) ? "unsure" : "other";
}
