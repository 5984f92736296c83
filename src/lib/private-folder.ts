import { lstatSync, statSync } from "node:fs";
import { makeFolder } from "./atomic.ts";
import { ifThere } from "./if-there.ts";
import { parentOf } from "./paths.ts";

/** Rights that others than the owner may have to write: the group, and everybody. */
const [GROUP, EVERYBODY, STICKY] = [0o020, 0o002, 0o1000];

/**
 * Why a folder cannot be trusted: it belongs to somebody else, or others can write to it. For one that is not there yet
 * the folder counts that it would be made in.
 * @returns null where it can be trusted
 * @throws system errors
 */
export function folderFault(path: string): string | null {
  if (process.getuid === undefined) return null; // Windows has neither owners nor modes here.
  const uid = process.getuid();
  let [place, others] = [path, GROUP | EVERYBODY];
  let stats = ifThere(() => statSync(place), null);
  while (stats === null) {
    place = parentOf(place) ?? "/";
    others = EVERYBODY; // Many systems let a person's own group write to what the person makes.
    stats = ifThere(() => statSync(place), null);
  }
  const mode = (stats.mode & 0o7777).toString(8).padStart(3, "0");
  if (stats.uid !== uid)
    return `${place} belongs to user ${stats.uid} (mode ${mode}), and you are user ${uid}`;
  const isOpen = (stats.mode & others) !== 0 && (stats.mode & STICKY) === 0;
  return isOpen ? `others can write to ${place} (mode ${mode}, user ${stats.uid})` : null;
}

/**
 * A folder that belongs to this user and that only this user can write to; it is created where it is missing.
 * @returns null where there is no such folder and none can be made
 */
export function privateFolder(path: string): string | null {
  try {
    if (folderFault(path) !== null) return null;
    makeFolder(path);
    return lstatSync(path).isDirectory() ? path : null;
  } catch {
    return null; // A read-only file system, or something else is in its place.
  }
}
