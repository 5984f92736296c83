import { statSync, utimesSync, writeFileSync } from "node:fs";
import { entryPath } from "../cache/store.ts";
import type { BrokerOptions } from "../config/sections.ts";
import { FILE_MODE, makeFolder } from "../lib/atomic.ts";
import { pathsIn, removeIfThere } from "../lib/if-there.ts";
import { acquire } from "../lib/lock.ts";
import { readOrNull } from "../lib/read.ts";
import type { World } from "../world.ts";
import { isOurs } from "./export/record.ts";
import type { Job } from "./jobs.ts";
import { dropSurplus } from "./reports/spool.ts";
import { step } from "./step.ts";

const INTERVAL = 3_600_000;
/** A lock that has not been renewed for this long (ms) is removed, whatever its owner. */
const LOCK_TIMEOUT = 10 * 60_000;

/** Once an hour: removes temporary files of dead processes, dead locks, old records and surplus entries. */
export async function sweep(options: BrokerOptions, jobs: readonly Job[], world: World): Promise<void> {
  const { root, cache, frames, locks } = world.paths;
  const mark = `${cache}/.swept`;
  if (Date.now() - modified(mark) < INTERVAL) return;
  makeFolder(cache);
  touch(mark);
  for (const lock of pathsIn(locks, ".lock"))
    await step("sweep", world, () => acquire(lock, LOCK_TIMEOUT)?.release());
  await step("sweep", world, () => noteUse(jobs, world));
  await step("sweep", world, () => dropSurplus(world)); // Also where no reports are sent any more.
  const isOver = (path: string) => Date.now() - modified(path) > options.sessionTimeoutMs;
  const records = pathsIn(root, ".json").filter((path) => isOver(path) && isRecord(path));
  const time = options.evictionPolicy === "LRU" ? used : modified;
  const entries = pathsIn(cache, ".json").sort((a, b) => time(b) - time(a));
  for (const path of [
    ...records,
    ...pathsIn(frames, ".json").filter(isOver),
    ...entries.slice(options.maxCacheSize),
  ])
    await step("sweep", world, () => removeIfThere(path));
}

function isRecord(path: string): boolean {
  return statSync(path).isFile() && isOurs(readOrNull(path) ?? "");
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Records that the active sessions use these values: as the file's access time, which many file systems do not keep. */
function noteUse(jobs: readonly Job[], world: World): void {
  for (const { module, key } of jobs) {
    const path = entryPath(world, module.moduleId, key);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined) utimesSync(path, new Date(), stats.mtime);
  }
}

/** When a value was last used or fetched. */
function used(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return Math.max(stat?.atimeMs ?? 0, stat?.mtimeMs ?? 0);
}

function touch(path: string): void {
  writeFileSync(path, "", { mode: FILE_MODE });
  utimesSync(path, Date.now() / 1000, Date.now() / 1000);
}
