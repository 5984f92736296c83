import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { FILE_MODE, makeFolder, TEMP_NAME } from "../lib/atomic.ts";
import { pathsIn, removeIfThere } from "../lib/if-there.ts";
import { acquire } from "../lib/lock.ts";
import { identify } from "../lib/process.ts";
import { readOrNull } from "../lib/read.ts";
import type { World } from "../world.ts";
import { parseRecord } from "./record.ts";
import { step } from "./step.ts";

const INTERVAL = 3_600_000;
/** Cache entries that are kept; the least recently used go first. */
const MAX_ENTRIES = 500;
/** A record of ours that was not written for this long belongs to a session that is over. */
const SESSION_TIMEOUT = 7 * 86_400_000;
/** A lock that nobody has renewed for this long is litter, whatever its owner. */
const LOCK_TIMEOUT = 10 * 60_000;

/** Once an hour: removes temporary files of dead processes, dead locks, old records and surplus entries. */
export async function sweep(world: World): Promise<void> {
  const { root, cache, locks } = world.paths;
  const mark = `${cache}/.swept`;
  if (Date.now() - modified(mark) < INTERVAL) return;
  makeFolder(cache);
  touch(mark);
  for (const folder of [root, cache, locks]) removeLitter(folder);
  for (const lock of pathsIn(locks, ".lock"))
    await step("sweep", world, () => acquire(lock, LOCK_TIMEOUT)?.release());
  const old = pathsIn(root, ".json").filter((path) => Date.now() - modified(path) > SESSION_TIMEOUT);
  const entries = pathsIn(cache, ".json").sort((a, b) => modified(b) - modified(a));
  for (const path of [...old.filter(isOurs), ...entries.slice(MAX_ENTRIES)])
    await step("sweep", world, () => removeIfThere(path));
}

function removeLitter(folder: string): void {
  for (const path of pathsIn(folder, ".tmp")) {
    const pid = Number(TEMP_NAME.exec(path)?.[1]);
    if (pid > 0 && identify(pid) === null) rmSync(path, { recursive: true, force: true });
  }
}

function isOurs(path: string): boolean {
  const id = path.slice(path.lastIndexOf("/") + 1, -".json".length);
  return statSync(path).isFile() && parseRecord(readOrNull(path), id) !== null;
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function touch(path: string): void {
  writeFileSync(path, "", { mode: FILE_MODE });
  utimesSync(path, Date.now() / 1000, Date.now() / 1000);
}
