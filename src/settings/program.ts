import { closeSync, openSync, readSync } from "node:fs";
import { basename, resolve } from "node:path";
import { realPathOrNull } from "../lib/links.ts";
import { fileStats } from "../lib/read.ts";
import { UserError } from "../lib/user-error.ts";
import type { World } from "../world.ts";
import { programWord, type Word } from "./shell.ts";

/** This program, and what is needed to tell it from others. */
export interface Program {
  /** The absolute path that settings name it by. */
  readonly path: string;
  readonly home: string;
  /** PATH: where a bare name is looked for. */
  readonly search: string;
}

/**
 * The running program. A name on PATH is taken rather than the file that it leads to: that of a package manager
 * changes with each version.
 * @throws UserError when it runs from its source
 */
export function thisProgram(world: World): Program {
  if (!Bun.isStandaloneExecutable)
    throw new UserError(1, "only the built program can be set up", "`npm run build` makes dist/statusline");
  const search = world.env.PATH ?? "";
  const isThis = (path: string | null): path is string =>
    path !== null && realPathOrNull(path) === realPathOrNull(process.execPath);
  const called = process.argv0.includes("/") ? process.argv0 : null;
  const named = [Bun.which("statusline", { PATH: search }), called].find(isThis);
  const path = named === undefined ? process.execPath : resolve(world.cwd(), named);
  return { path, home: world.home, search };
}

/** The program that a command runs, by its word there. */
interface Found extends Word {
  /** The file that the word leads to. */
  readonly path: string;
  /** Whether it is this program, another copy of it, or somebody else's. */
  readonly is: "this" | "copy" | "other";
}

/** The program that a command runs; null where there is none, or only a shell could tell. */
export function programIn(command: string, { path, home, search }: Program): Found | null {
  const word = programWord(command, home);
  if (word === null) return null;
  const file = word.text.includes("/") ? word.text : Bun.which(word.text, { PATH: search });
  const real = file === null ? null : realPathOrNull(file);
  if (file === null || real === null) return null;
  if (real === realPathOrNull(path)) return { ...word, path: file, is: "this" };
  const isCopy = isOwnName(real) && isCompiled(real);
  return { ...word, path: file, is: isCopy ? "copy" : "other" };
}

/** Whether a command names a program called `statusline` besides that which it is known to run. */
export function mentions(command: string, program: Program): boolean {
  const known = programIn(command, program);
  const rest = known === null ? command : command.slice(known.end);
  return /(^|[\s"'/;&|(])statusline(?=$|[\s"';&|)])/.test(rest);
}

/** Whether a file is called as this program is. */
export function isOwnName(path: string): boolean {
  return /^statusline(\.exe)?$/.test(basename(path));
}

/** Somebody else's script may well be called `statusline` too. */
function isCompiled(path: string): boolean {
  try {
    if (fileStats(path) === null) return false;
    const file = openSync(path, "r");
    const start = Buffer.alloc(4);
    readSync(file, start);
    closeSync(file);
    return MAGIC.includes(start.toString("hex")) || start.toString("latin1", 0, 2) === "MZ";
  } catch {
    return false; // What cannot be read is not ours to judge.
  }
}

// ELF, and Mach-O of 64 bits (elf(5); mach-o/loader.h).
const MAGIC: readonly string[] = ["7f454c46", "cffaedfe"];
