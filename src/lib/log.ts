import { appendFileSync, chmodSync, renameSync } from "node:fs";
import { FILE_MODE, makeFolder } from "./atomic.ts";
import { parentOf } from "./paths.ts";
import { folderFault } from "./private-folder.ts";
import { fileStats } from "./read.ts";
import { printable } from "./text.ts";

export type Level = "info" | "warning" | "error";

// Two files of this size at most: the log and the one before it.
const MAX_BYTES = 256 * 1024;

const told = new Set<string>();

/**
 * Appends one line, `TIME LEVEL SOURCE: message`, and moves a full log to `<path>.1`. A process says the same once.
 * Never throws: a log that cannot be written must not stop what it tells of.
 */
export function log(path: string, level: Level, source: string, message: string): void {
  const text = `${level} ${source}: ${printable(message).slice(0, 1000)}`;
  if (told.has(path + text)) return;
  told.add(path + text);
  try {
    append(path, `${new Date().toISOString()} ${text}\n`);
  } catch {
    // A full disk or a folder that cannot be written: nothing is left to say it with.
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
