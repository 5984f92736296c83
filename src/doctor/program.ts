import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { ifThere } from "../lib/if-there.ts";
import { baseName } from "../lib/paths.ts";
import { readOrNull } from "../lib/read.ts";
import type { World } from "../world.ts";

/** What a command of Claude Code's settings starts, as far as its words tell. */
export interface Program {
  /** This very program, a copy of it or one that is missing, a script that calls it, or something else. */
  readonly kind: "this" | "copy" | "script" | "other";
  /** The file that is started; null when nothing of that name is found. */
  readonly path: string | null;
}

/** A script of more than this is read no further. */
const SCRIPT_BYTES = 64 * 1024;

/** Finds our program among the words of a shell command. */
export function programIn(command: string, world: World): Program {
  const found = wordsOf(command).map((word) => programNamed(word, world));
  for (const kind of ["this", "copy", "script"] as const) {
    const program = found.find((each) => each.kind === kind);
    if (program !== undefined) return program;
  }
  return found[0] ?? { kind: "other", path: null };
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

function programNamed(word: string, world: World): Program {
  const expanded = word.replace(/^(~|\$HOME|\$\{HOME\})(?=\/)/, world.home);
  const named = /^statusline(\.exe)?$/.test(baseName(expanded));
  const path = expanded.includes("/") ? expanded : Bun.which(expanded, { PATH: world.env.PATH ?? "" });
  if (path === null || !existsSync(path))
    return { kind: named ? "copy" : "other", path: expanded.includes("/") ? expanded : null };
  const real = ifThere(() => realpathSync(path), path);
  if (real === ifThere(() => realpathSync(process.execPath), process.execPath)) return { kind: "this", path };
  if (named) return { kind: "copy", path };
  return { kind: callsUs(real) ? "script" : "other", path };
}

/** Whether a script names this program. */
function callsUs(path: string): boolean {
  if (!statSync(path).isFile() || statSync(path).size > SCRIPT_BYTES) return false;
  const text = readOrNull(path) ?? "";
  return text.startsWith("#!") && /\bstatusline\b/.test(text);
}
