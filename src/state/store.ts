/**
 * `runtime-state.yaml` on disk.
 *
 * Calling sequence: `await updateState(world, (state) => { … })`. The file is read under a lock, the change is
 * made in its text, and the result replaces it in one step; nothing is written when nothing changed. Somebody
 * who saves the file in an editor meanwhile takes no lock: the file is compared again just before it is
 * replaced, and the former file once more after that, and where they differ the change is made anew in what
 * is there.
 */
import { linkSync, realpathSync, renameSync, unlinkSync } from "node:fs";
import { makeFolder, writeAtomic } from "../lib/atomic.ts";
import { hasCode } from "../lib/errors.ts";
import { acquire, type Lock } from "../lib/lock.ts";
import { log } from "../lib/log.ts";
import { readOrNull } from "../lib/read.ts";
import type { World } from "../world.ts";
import { StateDocument } from "./document.ts";
import { StateSyntaxError } from "./parse.ts";
import { salvage } from "./salvage.ts";

/** An update takes well under a second; a holder that has not ended by then is stuck. */
const LOCK_MAX_AGE = 10_000;
const PATIENCE = 15_000;
const POLL = 5;
/** An editor that writes in place is done by then. */
const HALF_WRITTEN = 150;
/** Between opening a file and writing it an editor takes less than this. */
const SAVING = 20;
const ATTEMPTS = 20;

/** Reads the state. A file that is missing or empty is an empty state. @throws StateSyntaxError, system errors */
export function readState(world: World): StateDocument {
  return new StateDocument(readOrNull(world.paths.state) ?? "");
}

/**
 * Changes the state. A file that cannot be used is moved aside first, and what can be used of it is kept.
 * `change` may be called more than once, each time with the state as it then is.
 * @returns whether the file was written
 * @throws Error when the lock cannot be had in 15 s, or the file keeps changing; system errors
 */
export async function updateState(world: World, change: (state: StateDocument) => void): Promise<boolean> {
  makeFolder(world.paths.root);
  const path = targetOf(world.paths.state);
  const lock = await waitForLock(`${world.paths.locks}/runtime-state.lock`);
  try {
    for (let n = 0; n < ATTEMPTS; n++) {
      const before = readOrNull(world.paths.state);
      const state = await usable(before, world);
      if (state === null) continue;
      const loaded = state.text();
      change(state);
      const after = state.text();
      if (after === loaded && before !== null) return false;
      if (await replace(path, before, after, lock)) return true;
    }
    throw new Error("runtime-state.yaml keeps changing while it is being written");
  } finally {
    lock.release();
  }
}

/** A person may keep the file elsewhere, behind a link: then that is the file. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return path;
    throw error;
  }
}

async function waitForLock(path: string): Promise<Lock> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await Bun.sleep(POLL * (1 + Math.random()))) {
    const lock = acquire(path, LOCK_MAX_AGE);
    if (lock !== null) return lock;
  }
  throw new Error(`another process holds ${path}`);
}

/** The state in `text`, or null when the file had to be moved aside or has changed and must be read anew. */
async function usable(text: string | null, world: World): Promise<StateDocument | null> {
  try {
    return new StateDocument(text ?? "");
  } catch (error) {
    if (!(error instanceof StateSyntaxError) || text === null) throw error;
    await Bun.sleep(HALF_WRITTEN);
    if (readOrNull(world.paths.state) !== text) return null;
    const aside = `${world.paths.state}.${new Date(world.now()).toISOString().replaceAll(":", "-")}.broken`;
    renameSync(world.paths.state, aside);
    const { line, column, message } = error;
    log(
      world.paths.log,
      "error",
      "state",
      `line ${line}, column ${column}: ${message}; the file is kept as ${aside}`,
    );
    writeAtomic(world.paths.state, salvage(text).text());
    return null;
  }
}

/** @returns false when the file is not, or was not, what it was read as: then the change must be made anew */
async function replace(path: string, before: string | null, after: string, lock: Lock): Promise<boolean> {
  if (before === null) {
    if (readOrNull(path) !== null || !lock.isHeld()) return false;
    writeAtomic(path, after);
    return true;
  }
  const former = `${path}.${process.pid}.${Math.random().toString(16).slice(2)}.tmp`;
  try {
    linkSync(path, former);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
  try {
    if (readOrNull(path) !== before || !lock.isHeld()) return false;
    writeAtomic(path, after);
    // An editor that had the former file open writes into that, not into ours: then its text counts, unless a
    // newer one stands there already.
    const late = await settled(former, before);
    if (late === before) return true;
    if (readOrNull(path) === after) writeAtomic(path, late);
    return false;
  } finally {
    unlinkSync(former);
  }
}

/** A file's text once an editor that may be at it is done: it empties the file first, and then writes. */
async function settled(path: string, before: string): Promise<string> {
  let text = before;
  for (let n = 0; n < 5; n++) {
    await Bun.sleep(SAVING);
    const now = readOrNull(path) ?? "";
    if (now === text && now !== "") return now;
    text = now;
  }
  return text === "" ? before : text;
}
