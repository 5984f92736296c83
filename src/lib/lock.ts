/**
 * Locks between processes: a folder that holds one file, which says who the owner is.
 *
 * Calling sequence: `const lock = acquire(path, maxAge)`; null means that somebody else holds it, and the
 * caller shows what is there instead of waiting. Do the work, call `lock.isHeld()` before anything that
 * must not happen twice, then `lock.release()`. A long owner calls `lock.renew()` more often than `maxAge`.
 *
 * An empty folder is a free lock, as is none. A lock is taken by renaming a filled folder to its path, which the
 * system refuses if a filled one is there (rename(2), ENOTEMPTY). It is given up, and taken away from an owner
 * who is dead or has not renewed it for `maxAge`, by removing the owner's file, whose name no other lock ever
 * has. So no process removes another lock than the one that it examined, however long ago that was, and a process
 * that is killed at any instruction leaves a free lock, or one of a dead owner.
 *
 * Process groups that such an owner has left at work, named by `lock.leads(pid)`, are killed with its lock.
 */
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { FILE_MODE, makeFolder, tempName } from "./atomic.ts";
import { hasCode } from "./errors.ts";
import { ifThere, namesIn, removeIfThere } from "./if-there.ts";
import { identify, isAlive, type ProcessIdentity } from "./process.ts";
import { readOrNull } from "./read.ts";

export interface Lock {
  readonly path: string;
  /** Whether the lock is still this owner's. */
  isHeld(): boolean;
  /** Restarts `maxAge`. */
  renew(): void;
  /** Notes a process group that works for this lock's owner, by its leader. */
  leads(pid: number): void;
  /** Gives the lock up; does nothing when it was taken over. */
  release(): void;
}

/**
 * Tries to take the lock, without waiting.
 * @param maxAge milliseconds without renewal after which another process may take it over
 * @throws system errors, such as a folder that cannot be written
 */
export function acquire(path: string, maxAge: number): Lock | null {
  return clear(path, maxAge) ? create(path) : null;
}

/**
 * Takes a lock away from an owner who is dead or has not renewed it for `maxAge` milliseconds.
 * @returns whether it is free now
 * @throws system errors
 */
function clear(path: string, maxAge: number): boolean {
  try {
    return namesIn(path).every((name) => clearOwner(path, name, maxAge));
  } catch (error) {
    if (!hasCode(error, "ENOTDIR")) throw error;
    // No lock, but in the way of one. Removing a file cannot remove the folder that may be here by now.
    if (isYoung(path, maxAge)) return false;
    removeIfThere(path);
    return true;
  }
}

function clearOwner(path: string, name: string, maxAge: number): boolean {
  const file = `${path}/${name}`;
  const text = readOrNull(file);
  if (text === null) return true;
  const isOwn = isMine(file);
  const [owner, ...children] = text.split("\n").map(parseIdentity);
  const dead = owner !== null && owner !== undefined && !isAlive(owner);
  if (!dead && isYoung(path, maxAge)) return false;
  // A file that somebody else put there may name any process.
  for (const child of children) if (child !== null && isOwn) killOrphan(child);
  removeIfThere(file);
  return true;
}

/** Whether a file was written by this user, and only this user can have written to it. */
function isMine(file: string): boolean {
  const isOpen = (mode: number) => (mode & 0o022) !== 0;
  return ifThere(() => {
    const { uid, mode } = lstatSync(file);
    return process.getuid === undefined || (uid === process.getuid() && !isOpen(mode));
  }, false);
}

function isYoung(path: string, maxAge: number): boolean {
  return ifThere(() => Math.abs(Date.now() - statSync(path).mtimeMs) <= maxAge, false);
}

/** Kills what a dead or stuck owner started: no process waits for its result any more. */
function killOrphan(child: ProcessIdentity): void {
  // Without its start time it might be anybody's.
  if (child.startTime === "" || !isAlive(child)) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}

/** @returns null when another process has just taken it */
function create(path: string): Lock | null {
  const nonce = crypto.randomUUID();
  const temp = tempName(path);
  makeFolder(temp);
  try {
    writeFileSync(`${temp}/${nonce}`, line(identify(process.pid) ?? { pid: process.pid, startTime: "" }), {
      mode: FILE_MODE,
    });
    renameSync(temp, path);
    return held(path, nonce);
  } catch (error) {
    rmSync(temp, { recursive: true, force: true });
    if (hasCode(error, "ENOTEMPTY", "EEXIST", "ENOTDIR")) return null;
    throw error;
  }
}

function held(path: string, nonce: string): Lock {
  const own = `${path}/${nonce}`;
  const isHeld = () => existsSync(own);
  return {
    path,
    isHeld,
    renew() {
      const now = Date.now() / 1000;
      if (isHeld()) ifThere(() => utimesSync(path, now, now), undefined);
    },
    leads(pid) {
      const child = identify(pid);
      if (child !== null) ifThere(() => append(own, line(child)), undefined);
    },
    release() {
      if (!removeIfThere(own)) return;
      try {
        rmdirSync(path);
      } catch (error) {
        if (!hasCode(error, "ENOENT", "ENOTEMPTY", "EEXIST")) throw error; // The next owner is there already.
      }
    },
  };
}

/** Who holds a lock, for people who look into it. */
export interface Holding {
  /** null when the lock does not name one. */
  readonly owner: ProcessIdentity | null;
  readonly isAlive: boolean;
  /** Processes that a dead owner has left at work. */
  readonly orphans: readonly ProcessIdentity[];
  /** Milliseconds since it was renewed. */
  readonly age: number;
}

/** Looks at a lock and changes nothing. @returns null when it is free @throws system errors */
export function inspect(path: string): Holding | null {
  const age = ifThere(() => Date.now() - statSync(path).mtimeMs, 0);
  const [name] = namesIn(path);
  const text = name === undefined ? null : readOrNull(`${path}/${name}`);
  if (text === null) return null;
  const [owner = null, ...children] = text.split("\n").map(parseIdentity);
  const alive = owner !== null && isAlive(owner);
  const orphans = alive
    ? []
    : children.filter((each) => each !== null && each.startTime !== "" && isAlive(each));
  return { owner, isAlive: alive, orphans: orphans as ProcessIdentity[], age };
}

/** Adds to a file that is there: in a lock that was lost nothing is made. */
function append(path: string, text: string): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_APPEND);
  try {
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}

const line = (identity: ProcessIdentity) => `${JSON.stringify(identity)}\n`;

function parseIdentity(text: string): ProcessIdentity | null {
  try {
    const { pid, startTime } = JSON.parse(text);
    return typeof pid === "number" && typeof startTime === "string" ? { pid, startTime } : null;
  } catch {
    return null;
  }
}
