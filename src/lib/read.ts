import { readFileSync, type Stats, statSync } from "node:fs";
import { ifThere } from "./if-there.ts";
import { UserError } from "./user-error.ts";

/**
 * A file's text, or null when there is no such file.
 * @throws UserError when something else stands there; system errors
 */
export function readOrNull(path: string): string | null {
  return fileStats(path) === null ? null : ifThere(() => readFileSync(path, "utf8"), null);
}

/**
 * What is known of a file without opening it, or null when there is none. To be asked before a file is opened: a
 * pipe in its place would hold the program up for ever.
 * @throws UserError when something else stands there; system errors
 */
export function fileStats(path: string): Stats | null {
  const stats = ifThere(() => statSync(path), null);
  if (stats === null || stats.isFile()) return stats;
  const kind = stats.isDirectory() ? "a folder" : stats.isFIFO() ? "a pipe" : "a device";
  throw new UserError(1, `${path}: ${kind} stands where a file belongs`, "Move it away.");
}
