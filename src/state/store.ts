/**
 * `runtime-state.yaml` on disk.
 *
 * Calling sequence: `await updateState(world, (state) => { … })`. The file is read under a lock, the change is
 * made in its text, and the result replaces it in one step; nothing is written when nothing changed. Somebody
 * who saves the file in an editor meanwhile takes no lock: the file is compared again just before it is
 * replaced, and the former file once more after that, and where they differ the change is made again in what
 * is there.
 */

import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { makeFolder, writeAtomic, writeAtomicIf } from "../lib/atomic.ts";
import { ifThere, removeIfThere } from "../lib/if-there.ts";
import { linkTarget } from "../lib/links.ts";
import type { Lock } from "../lib/lock.ts";
import { log } from "../lib/log.ts";
import { readOrNull } from "../lib/read.ts";
import { UserError } from "../lib/user-error.ts";
import { waitForLock } from "../lib/wait-for-lock.ts";
import { requireStorage } from "../storage.ts";
import type { World } from "../world.ts";
import { StateDocument } from "./document.ts";
import { StateSyntaxError } from "./parse.ts";
import { salvage } from "./salvage.ts";

/** An update takes well under a second; a holder that has not ended by then is stuck. */
const LOCK_MAX_AGE = 10_000;
/** How long an update is tried (ms). */
export const PATIENCE = 15_000;
/** An editor that writes in place is done by then. */
const HALF_WRITTEN = 150;
/** Between opening a file and writing it an editor takes less than this. */
const SAVING = 20;

/**
 * Reads the state. A file that is missing or empty is an empty state.
 * @throws UserError with line and column where it is no state file; system errors
 */
export function readState({ paths: { state: path } }: World): StateDocument {
  const state = parsed(readOrNull(path) ?? "");
  if (state instanceof StateDocument) return state;
  const place = `${path}:${state.line}:${state.column}`;
  throw new UserError(1, `${place}: ${state.message}`, "Fix it there, or move the file away.");
}

/**
 * Changes the state. A file that cannot be used is set aside first, and what can be used of it is kept.
 * `change` may be called more than once, each time with the state as it then is.
 * @returns whether the file was written
 * @throws UserError when the lock cannot be had in 15 s, or the file keeps changing; system errors
 */
export async function updateState(world: World, change: (state: StateDocument) => void): Promise<boolean> {
  requireStorage(world);
  makeFolder(world.paths.root);
  const end = Date.now() + PATIENCE;
  do {
    // Taken again each time: a process that was stopped for long may have lost it.
    const lock = await waitForLock(`${world.paths.locks}/runtime-state.lock`, LOCK_MAX_AGE, end);
    try {
      const written = await tryUpdate(world, change, lock);
      if (written !== null) return written;
    } finally {
      lock.release();
    }
  } while (Date.now() < end);
  throw new UserError(1, `${world.paths.state} keeps changing while it is being written`, "Try it again.");
}

/** @returns whether the file was written, or null when it has changed and all must be done again */
async function tryUpdate(
  world: World,
  change: (state: StateDocument) => void,
  lock: Lock,
): Promise<boolean | null> {
  const path = linkTarget(world.paths.state);
  const before = readOrNull(path);
  const state = parsed(before ?? "");
  if (state instanceof StateSyntaxError) {
    await setAside(path, before ?? "", state, lock, world);
    return null;
  }
  change(state);
  state.touch(world.now());
  if (!state.isChanged()) return false;
  const after = state.text();
  return (await replace(path, before, after, lock)) || null;
}

function parsed(text: string): StateDocument | StateSyntaxError {
  try {
    return new StateDocument(text);
  } catch (error) {
    if (error instanceof StateSyntaxError) return error;
    throw error;
  }
}

/** Copies a file that cannot be used, and puts what can be used of it in its place. */
async function setAside(path: string, text: string, error: StateSyntaxError, lock: Lock, world: World) {
  await Bun.sleep(HALF_WRITTEN);
  if (readOrNull(path) !== text) return;
  const aside = `${world.paths.state}.${new Date(world.now()).toISOString().replaceAll(":", "-")}.broken`;
  writeAtomic(aside, readFileSync(path));
  const salvaged = salvage(text);
  salvaged.touch(world.now());
  if (!(await replace(path, text, salvaged.text(), lock))) return void removeIfThere(aside);
  const place = `line ${error.line}, column ${error.column}: ${error.message}`;
  log(world.paths.log, "error", "state", `${place}; the file is kept as ${aside}`);
}

/** @returns false when the file is not, or was not, what it was read as: then the change must be made again */
async function replace(path: string, before: string | null, after: string, lock: Lock): Promise<boolean> {
  const unchanged = () => readOrNull(path) === before && lock.isHeld();
  if (before === null) return writeAtomicIf(unchanged, path, after);
  const former = ifThere(() => openSync(path, "r"), null);
  if (former === null) return false;
  try {
    if (!writeAtomicIf(unchanged, path, after)) return false;
    // An editor that had the former file open writes into that, not into ours: then its text counts, unless a
    // newer one is there already.
    const late = await settled(former, before);
    if (late === before) return lock.isHeld();
    writeAtomicIf(() => readOrNull(path) === after, path, late);
    return false;
  } finally {
    closeSync(former);
  }
}

/** A file's text once an editor that may be at it is done: it empties the file first, and then writes. */
async function settled(file: number, before: string): Promise<string> {
  let text = before;
  for (let n = 0; n < 5; n++) {
    await Bun.sleep(SAVING);
    const now = textOf(file);
    if (now === text && now !== "") return now;
    text = now;
  }
  return text === "" ? before : text;
}

/** The text of an open file, from its beginning. */
function textOf(file: number): string {
  const bytes = new Uint8Array(fstatSync(file).size);
  return Buffer.from(bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0))).toString("utf8");
}
