/**
 * Locks between processes: a file created with O_EXCL that names its owner.
 *
 * Calling sequence: `const lock = acquire(path, maxAge)`; null means that somebody else holds it, and the
 * caller shows what is there instead of waiting. Do the work, call `lock.isHeld()` before anything that
 * must not happen twice, then `lock.release()`. A long owner calls `lock.renew()` more often than `maxAge`.
 *
 * A lock is taken over only when its owner is dead, or when it has not been renewed for `maxAge`: it is
 * renamed aside, and the takeover stands only if what was moved is what was judged. Takeovers of one lock
 * happen one at a time, under a second lock `<path>.takeover`. A process group that a dead owner has left at
 * work, named by `lock.leads(pid)` in `<path>.child`, is killed then.
 */
import { linkSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { FILE_MODE, makeFolder } from "./atomic.ts";
import { hasCode } from "./errors.ts";
import { removeIfThere } from "./if-there.ts";
import { parentOf } from "./paths.ts";
import { identify, isAlive, type ProcessIdentity } from "./process.ts";
import { readOrNull } from "./read.ts";

export interface Lock {
  readonly path: string;
  /** Whether the lock is still this owner's. */
  isHeld(): boolean;
  /** Starts `maxAge` anew. */
  renew(): void;
  /** Notes a process group that works for this lock's owner, by its leader. */
  leads(pid: number): void;
  /** Gives the lock up; does nothing when it was taken over. */
  release(): void;
}

interface Owner extends ProcessIdentity {
  readonly nonce: string;
}

/**
 * Tries to take the lock, without waiting.
 * @param maxAge milliseconds without renewal after which another process may take it over
 * @throws system errors, such as a folder that cannot be written
 */
export function acquire(path: string, maxAge: number): Lock | null {
  const text = ownership();
  if (create(path, text) || (takeOver(path, maxAge) && create(path, text))) return held(path, text);
  return null;
}

/** What this process writes into a lock; the nonce tells two locks of one process apart. */
function ownership(): string {
  const self = identify(process.pid) ?? { pid: process.pid, startTime: "" };
  return JSON.stringify({ ...self, nonce: crypto.randomUUID() } satisfies Owner);
}

function held(path: string, text: string): Lock {
  const isHeld = () => readOrNull(path) === text;
  return {
    path,
    isHeld,
    renew() {
      const now = Date.now() / 1000;
      if (isHeld()) utimesSync(path, now, now);
    },
    leads(pid) {
      if (isHeld()) writeFileSync(`${path}.child`, JSON.stringify(identify(pid)), { mode: FILE_MODE });
    },
    release() {
      if (!isHeld()) return;
      removeIfThere(`${path}.child`);
      removeIfThere(path);
    },
  };
}

/** @returns false when the file is there already */
function create(path: string, text: string): boolean {
  const options = { mode: FILE_MODE, flag: "wx" };
  try {
    writeFileSync(path, text, options);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    if (!hasCode(error, "ENOENT")) throw error;
    makeFolder(parentOf(path) ?? ".");
    return create(path, text);
  }
}

/** Moves a lock out of the way that nobody holds any more. @returns whether the place is free now */
function takeOver(path: string, maxAge: number): boolean {
  if (!isAbandoned(path, maxAge)) return readOrNull(path) === null;
  const gate = `${path}.takeover`;
  if (!create(gate, ownership())) {
    // Held for microseconds; one that is old was left by a process that was killed just there.
    if (isAbandoned(gate, 5000)) removeIfThere(gate);
    return false;
  }
  try {
    const judged = readOrNull(path);
    if (judged === null) return true;
    if (!isAbandoned(path, maxAge)) return false;
    const aside = `${path}.${process.pid}.${Math.random().toString(16).slice(2)}.tmp`;
    renameSync(path, aside);
    const moved = readOrNull(aside) === judged;
    if (moved) killOrphan(`${path}.child`);
    else restore(aside, path);
    removeIfThere(aside);
    return moved;
  } finally {
    removeIfThere(gate);
  }
}

/** What a dead or stuck owner started goes with its lock: nobody waits for it any more. */
function killOrphan(note: string): void {
  const child = parseOwner(readOrNull(note) ?? "");
  removeIfThere(note);
  if (child === null || !isAlive(child)) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}

/** Puts back a lock that was not the one judged, unless a newer one stands there. */
function restore(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
}

/** Whether the owner of a lock is dead or has not renewed it in time. */
export function isAbandoned(path: string, maxAge: number): boolean {
  const text = readOrNull(path);
  if (text === null) return false;
  const owner = parseOwner(text);
  if (owner !== null && !isAlive(owner)) return true;
  try {
    return Math.abs(Date.now() - statSync(path).mtimeMs) > maxAge;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}

function parseOwner(text: string): Owner | null {
  try {
    const owner = JSON.parse(text) as Owner;
    return typeof owner.pid === "number" && typeof owner.startTime === "string" ? owner : null;
  } catch {
    return null;
  }
}
