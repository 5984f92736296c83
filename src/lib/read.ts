import { readFileSync, type Stats, statSync } from "node:fs";
import { ifThere } from "./if-there.ts";
import { UserError } from "./user-error.ts";

/** More bytes than any file has that people and programs write here. */
const MOST = 16 * 1024 * 1024;

/**
 * A file's text, or null when there is no such file.
 * @throws UserError when it is longer than 16 MB, or something else is in its place; system errors
 */
export function readOrNull(path: string): string | null {
  return bytesOrNull(path)?.toString("utf8") ?? null;
}

/** The same as bytes. */
export function bytesOrNull(path: string): Buffer | null {
  const stats = fileStats(path);
  if (stats === null) return null;
  if (stats.size > MOST)
    throw new UserError(1, `${path}: ${stats.size} bytes, more than this file can have`, "Move it away.");
  return ifThere(() => readFileSync(path), null);
}

/**
 * What is known of a file without opening it, or null when there is none. To be asked before a file is opened: a
 * pipe in its place would hold the program up for ever.
 * @throws UserError when something else is in its place; system errors
 */
export function fileStats(path: string): Stats | null {
  const stats = ifThere(() => statSync(path), null);
  if (stats === null || stats.isFile()) return stats;
  const kind = stats.isDirectory() ? "a folder" : stats.isFIFO() ? "a pipe" : "a device";
  throw new UserError(1, `${path}: ${kind} is where a file should be`, "Move it away.");
}
