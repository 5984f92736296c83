import { appendFileSync, chmodSync, renameSync, statSync } from "node:fs";
import { FILE_MODE, makeFolder } from "./atomic.ts";
import { hasCode } from "./errors.ts";
import { parentOf } from "./paths.ts";
import { printable } from "./text.ts";

export type Level = "info" | "warning" | "error";

// Two files of this size at most: the log and the one before it.
const MAX_BYTES = 256 * 1024;

/**
 * Appends one line, `TIME LEVEL SOURCE: message`, and moves a full log to `<path>.1`.
 * Never throws: a log that cannot be written must not stop what it tells of.
 */
export function log(path: string, level: Level, source: string, message: string): void {
  const line = `${new Date().toISOString()} ${level} ${source}: ${printable(message).slice(0, 1000)}\n`;
  try {
    append(path, line);
  } catch {
    // A full disk or a folder that cannot be written: nothing is left to say it with.
  }
}

function append(path: string, line: string): void {
  try {
    if (statSync(path).size > MAX_BYTES) renameSync(path, `${path}.1`);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    makeFolder(parentOf(path) ?? ".");
  }
  appendFileSync(path, line, { mode: FILE_MODE });
  chmodSync(path, FILE_MODE);
}
