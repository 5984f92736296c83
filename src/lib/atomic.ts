/**
 * Files that a reader sees whole, old or new.
 *
 * Calling sequence: `await writeAtomic(path, text)`. The text goes to a temporary file in the same folder
 * with a name that no other process uses, and is renamed over `path`. Missing folders are made. When any
 * step fails the temporary file is removed, `path` is as it was, and the system error is thrown. What a
 * crash leaves behind is named `<file>.<pid>.<random>.tmp` and may be removed once that process is dead.
 *
 * Not durable across a power cut: nothing is synced, since all that is written here can be made again.
 */
import { mkdirSync, renameSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hasCode } from "./errors.ts";
import { parentOf } from "./paths.ts";

export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** Marks of a temporary file's name: the process that made it. */
export const TEMP_NAME = /\.(\d+)\.[0-9a-f]+\.tmp$/;

/** A name beside `path` that no other process uses, and none uses twice. */
export function tempName(path: string): string {
  return `${path}.${process.pid}.${crypto.randomUUID().replaceAll("-", "")}.tmp`;
}

/**
 * @param mtime modification time to give the file, epoch milliseconds
 * @throws system errors
 */
export function writeAtomic(path: string, text: string | Uint8Array, mtime?: number): void {
  writeAtomicIf(() => true, path, text, mtime);
}

/**
 * The same, if `wanted` still returns true when all is written and only the rename is left.
 * @returns whether the file was replaced
 * @throws system errors, and what `wanted` throws
 */
export function writeAtomicIf(
  wanted: () => boolean,
  path: string,
  text: string | Uint8Array,
  mtime?: number,
): boolean {
  const temp = tempName(path);
  try {
    writeNew(temp, text);
    if (mtime !== undefined) setTime(temp, mtime);
    const replaces = wanted();
    if (replaces) renameSync(temp, path);
    else unlinkSync(temp);
    return replaces;
  } catch (error) {
    try {
      unlinkSync(temp);
    } catch {
      // Never made, or renamed already; the first error is the one to report.
    }
    throw error;
  }
}

/** Seconds as a number, which `utimes` takes too, would come out a millisecond short every other time. */
function setTime(path: string, mtime: number): void {
  const time = new Date(mtime);
  utimesSync(path, time, time);
}

function writeNew(temp: string, text: string | Uint8Array): void {
  const options = { mode: FILE_MODE, flag: "wx" };
  try {
    writeFileSync(temp, text, options);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    makeFolder(parentOf(temp) ?? ".");
    writeFileSync(temp, text, options);
  }
}

/** Makes a folder, and those above it, for this user only. @throws system errors */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
}
