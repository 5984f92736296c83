import { isRecord } from "../../lib/fields.ts";
import { ownFiles, ownMessages } from "./own-source.ts" with { type: "macro" };

/*
 * What of an error may leave this machine. All of it is chosen from lists of our own, so that nothing gets out that a person,
 * a repository or another program has named.
 */

/** Texts of our source; then what other code of this process says in words that do not vary. */
const MESSAGES = [...ownMessages(), "Expected {}", "no such file or directory{}", "permission denied{}"];
const UNKNOWN = "a message that is not the program's own";
/** Anything is filled in. */
const HOLE = "{}";
/** So many things a message can be about. */
const MOST_PARTS = 8;

const FILES = new Set(ownFiles());

/** What parts of the program that are no modules call themselves in the log. */
const SOURCES = ["account", "cleanup", "config", "migrate", "refresh", "render", "reports", "state", "sweep"];

const CLASSES = [
  ...["EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"],
  ...["StateSyntaxError", "UserError"],
];
/** Codes of system errors. */
const CODES = [
  "EACCES",
  "EBUSY",
  "EDQUOT",
  "EEXIST",
  "EINVAL",
  "EIO",
  "EISDIR",
  "ELOOP",
  "EMFILE",
  "ENAMETOOLONG",
];
const MORE_CODES = [
  "ENFILE",
  "ENOENT",
  "ENOMEM",
  "ENOSPC",
  "ENOTDIR",
  "ENOTEMPTY",
  "ENXIO",
  "EPERM",
  "EROFS",
];

/** More frames say nothing more. */
const MOST_FRAMES = 20;

/** A place in our own source; lines and columns from 1 on. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The part of the program that an error comes from, by its name in the log. */
export function sourceOf(name: string, moduleIds: readonly string[]): string {
  return [...SOURCES, ...moduleIds].includes(name) ? name : "other";
}

/** The text of ours that a message was made from, without what was filled in. */
export function templateOf(message: string): string {
  // What it is about is often put before it: `/some/path: permission denied`.
  const parts = message.split(": ");
  const ends = parts.slice(0, MOST_PARTS).map((_, n) => parts.slice(n).join(": "));
  return MESSAGES.find((template) => ends.some((end) => isMadeFrom(end, template.split(HOLE)))) ?? UNKNOWN;
}

function isMadeFrom(text: string, [first = "", ...others]: readonly string[]): boolean {
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= text.length;
}

/** The code of a system error, or the name of the error's class; `Error` where it is neither of the known ones. */
export function classOf(error: unknown): string {
  const { code, name } = isRecord(error) ? error : {};
  return [...CODES, ...MORE_CODES, ...CLASSES].find((each) => each === code || each === name) ?? "Error";
}

/** Where an error was thrown: the frames of its stack that are in our own source, the innermost first. */
export function framesOf(error: unknown): Frame[] {
  if (!(error instanceof Error) || typeof error.stack !== "string") return [];
  const frames = [...error.stack.matchAll(/(?:\(|at |async )(src\/[\w./-]+\.ts):(\d+):(\d+)\)?$/gm)];
  return frames
    .map(([, file = "", line, column]) => ({ file, line: Number(line), column: Number(column) }))
    .filter(({ file }) => FILES.has(file))
    .slice(0, MOST_FRAMES);
}
