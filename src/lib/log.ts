import { appendFileSync, chmodSync, closeSync, openSync, readSync, renameSync } from "node:fs";
import { FILE_MODE, makeFolder } from "./atomic.ts";
import { parentOf } from "./paths.ts";
import { folderFault } from "./private-folder.ts";
import { fileStats } from "./read.ts";
import { printable } from "./text.ts";

export type Level = "info" | "warning" | "error";

// Two files of this size at most: the log and the one before it.
const MAX_BYTES = 256 * 1024;

const logged = new Set<string>();

/**
 * Appends one line, `TIME LEVEL SOURCE: message`, and moves a full log to `<path>.1`. A process logs the same once, and so
 * do several within ten minutes where nothing else was said between.
 * Never throws: a log that cannot be written must not stop the work.
 */
export function log(path: string, level: Level, source: string, message: string): void {
  const text = `${level} ${source}: ${printable(message).slice(0, 1000)}`;
  if (logged.has(path + text)) return;
  logged.add(path + text);
  try {
    if (!wasJustSaid(text, path)) append(path, `${new Date().toISOString()} ${text}\n`);
  } catch {
    // A full disk, or a folder that cannot be written: there is no place left to report it.
  }
}

const TIME_LENGTH = new Date(0).toISOString().length;
/** A line is at most this long, bytes. */
const LONGEST = 4096;

/** Milliseconds after which the same is said again. */
const AGAIN = 10 * 60_000;

/** Whether it is the last line, whichever process wrote it: a cause that is there in every run is logged now and then. */
function wasJustSaid(text: string, path: string): boolean {
  const last = lastLine(path);
  const age = Date.now() - Date.parse(last.slice(0, TIME_LENGTH));
  return last.slice(TIME_LENGTH) === ` ${text}` && age >= 0 && age < AGAIN;
}

function lastLine(path: string): string {
  const size = fileStats(path)?.size ?? 0;
  if (size === 0) return "";
  const file = openSync(path, "r");
  try {
    const tail = Buffer.alloc(Math.min(size, LONGEST));
    readSync(file, tail, 0, tail.length, size - tail.length);
    return tail.toString("utf8").trimEnd().split("\n").at(-1) ?? "";
  } finally {
    closeSync(file);
  }
}

function append(path: string, line: string): void {
  // Where others can write nothing is kept.
  if (folderFault(parentOf(path) ?? ".") !== null) return;
  const stats = fileStats(path);
  if (stats === null) makeFolder(parentOf(path) ?? ".");
  else if (stats.size > MAX_BYTES) renameSync(path, `${path}.1`);
  appendFileSync(path, line, { mode: FILE_MODE });
  chmodSync(path, FILE_MODE);
}
