import { accessSync, constants, statSync } from "node:fs";
import { readOrNull } from "../lib/read.ts";
import { isOwnName, mentions, programIn } from "../settings/program.ts";
import { programWord } from "../settings/shell.ts";
import type { World } from "../world.ts";

/** What a command of Claude Code's settings starts, as far as its words tell. */
export interface StartedProgram {
  /** This very program, a copy of it or one that is missing, a script or command that calls it, or something else. */
  readonly kind: "this" | "copy" | "script" | "other";
  /** The file that is started; null when nothing of that name is found. */
  readonly path: string | null;
}

/** A script of more than this is read no further. */
const SCRIPT_BYTES = 64 * 1024;

/** What a command starts: as `setup` sees it, and whether something else that it starts leads to this program. */
export function startedBy(command: string, { home, env }: World): StartedProgram {
  const program = { path: process.execPath, home, search: env.PATH ?? "" };
  const found = programIn(command, program);
  if (found !== null && found.is !== "other") return { kind: found.is, path: found.path };
  const word = programWord(command, home)?.text ?? "";
  if (isOwnName(word)) return { kind: "copy", path: word.includes("/") ? word : (found?.path ?? null) };
  const path = found?.path ?? (word.includes("/") ? word : null);
  const leadsHere = mentions(command, program) || (found !== null && callsUs(found.path));
  return { kind: leadsHere ? "script" : "other", path };
}

/** The flags that a command gives to this program. */
export function flagsIn(command: string): string[] {
  return wordsOf(command).filter((word) => word.startsWith("--"));
}

/** A command without the values of the variables that it sets: they may be secrets. */
export function shownCommand(command: string): string {
  return command.replace(/\b([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S+)/g, "$1=…").slice(0, 200);
}

/** Whether there is a file that this user may execute. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function wordsOf(command: string): string[] {
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s;|&()<>"'])+/g) ?? [];
  return words.map((word) => word.replace(/["']/g, ""));
}

/** Whether a script names this program. */
function callsUs(path: string): boolean {
  const stats = statSync(path);
  if (!stats.isFile() || stats.size > SCRIPT_BYTES) return false;
  const text = readOrNull(path) ?? "";
  return text.startsWith("#!") && /\bstatusline\b/.test(text);
}
