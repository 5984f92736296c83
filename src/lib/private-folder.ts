import { lstatSync } from "node:fs";
import { makeFolder } from "./atomic.ts";

/** Rights that others than the owner may have to write. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * A folder that belongs to this user and that nobody else can write to; it is made where it is missing.
 * @returns null where there is no such folder and none can be made
 */
export function privateFolder(path: string): string | null {
  try {
    makeFolder(path);
    return isPrivate(path) ? path : null;
  } catch {
    return null; // A read-only file system, or something else is in its place.
  }
}

/** Whether a folder, itself and not behind a link, is this user's and closed to others. @throws system errors */
function isPrivate(path: string): boolean {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return false;
  if (process.getuid === undefined) return true; // Windows has neither owners nor modes here.
  return stats.uid === process.getuid() && (stats.mode & WRITABLE_BY_OTHERS) === 0;
}
