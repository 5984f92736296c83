import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { FILE_MODE, writeAtomicIf } from "../lib/atomic.ts";
import { hasCode } from "../lib/errors.ts";
import { waitForLock } from "../lib/wait-for-lock.ts";
import type { Paths } from "../paths.ts";
import { bytesOf, encoded, type SettingsFile } from "./file.ts";
import { remember } from "./former.ts";
import type { SettingsPlace } from "./places.ts";
import type { Plan } from "./plan.ts";

const LOCK_MAX_AGE = 10_000;
const PATIENCE = 15_000;

/** Does `work` while no other setup is at work here. @throws UserError when that does not end; what `work` throws */
export async function locked<Result>(paths: Paths, work: () => Promise<Result>): Promise<Result> {
  const lock = await waitForLock(`${paths.locks}/setup.lock`, LOCK_MAX_AGE, Date.now() + PATIENCE);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Whether a file still is as it was read. Claude Code, and editors, know nothing of our lock. */
export function isUnchanged({ target, bytes }: SettingsFile): boolean {
  const now = bytesOf(target);
  return now === null || bytes === null ? now === bytes : Buffer.compare(now, bytes) === 0;
}

/**
 * Carries a plan out: copies the file beside itself, remembers, and replaces the file in one step.
 * @param at time for the name of the copy, epoch milliseconds
 * @returns path of the copy, null when there was nothing to copy; false when the file has changed meanwhile
 * @throws system errors
 */
export function carryOut(
  { file, after, former }: Plan,
  place: SettingsPlace,
  at: number,
): string | null | false {
  const { target, bytes } = file;
  const mode = bytes === null ? FILE_MODE : statSync(target).mode & 0o7777;
  const owner = ownerOf(bytes === null ? nearestFolder(target) : target);
  if (bytes !== null) accessSync(target, constants.W_OK); // A rename would replace what is there to be read only.
  const copy = bytes === null ? null : copied(file, at);
  // In this order a crash in between loses nothing: what is remembered is there before it is needed, and until then.
  if (former !== null) remember(place.name, former, place.paths);
  if (after === null) unlinkSync(target);
  else if (!writeAtomicIf(() => isUnchanged(file), target, encoded(after, file))) return false;
  else chmodSync(target, mode);
  for (const each of [after === null ? null : target, copy]) if (each !== null) giveTo(owner, each);
  if (former === null) remember(place.name, null, place.paths);
  return copy;
}

type Owner = Pick<Stats, "uid" | "gid"> | null;

/** Whose a file is; null where it stays its owner's anyway: only root makes files of others its own by replacing them. */
function ownerOf(path: string): Owner {
  return process.getuid?.() === 0 ? statSync(path) : null;
}

/** The folder that a new file is made in, or the nearest one above it that exists. */
function nearestFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) ? folder : nearestFolder(folder);
}

function giveTo(owner: Owner, path: string): void {
  if (owner !== null) chownSync(path, owner.uid, owner.gid);
}

/** Copies a file to a name that no other has. @returns that name */
function copied({ path, bytes }: SettingsFile, at: number): string {
  const time = new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "");
  for (let n = 1; ; n++) {
    const copy = `${path}.${time}${n === 1 ? "" : `-${n}`}.bak`;
    try {
      writeFileSync(copy, bytes ?? "", { mode: FILE_MODE, flag: "wx" });
      return copy;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}
