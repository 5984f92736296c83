import { readdirSync, readFileSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import type { BrokerOptions } from "../config/sections.ts";
import { FILE_MODE, makeFolder, TEMP_NAME } from "../lib/atomic.ts";
import { hasCode } from "../lib/errors.ts";
import { isAbandoned } from "../lib/lock.ts";
import { identify } from "../lib/process.ts";
import type { World } from "../world.ts";
import { isOurs } from "./record.ts";

const INTERVAL = 3_600_000;
/** A lock that nobody has renewed for this long is litter, whatever its owner. */
const LOCK_TIMEOUT = 10 * 60_000;

/** Once an hour: removes temporary files of dead processes, dead locks, old records and surplus entries. */
export function sweep({ sessionTimeoutMs, maxCacheSize, evictionPolicy }: BrokerOptions, world: World): void {
  const { root, cache, frames, locks } = world.paths;
  const mark = `${cache}/.swept`;
  if (Date.now() - modified(mark) < INTERVAL) return;
  makeFolder(cache);
  touch(mark);
  for (const folder of [root, cache, locks]) removeLitter(folder);
  for (const lock of list(locks, ".lock")) {
    if (isAbandoned(lock, LOCK_TIMEOUT)) remove(lock);
  }
  for (const record of list(root, ".json")) {
    if (Date.now() - modified(record) > sessionTimeoutMs && isOurs(readFileSync(record, "utf8")))
      remove(record);
  }
  for (const frame of list(frames, ".json")) {
    if (Date.now() - modified(frame) > sessionTimeoutMs) remove(frame);
  }
  const time = evictionPolicy === "LRU" ? used : modified;
  const entries = list(cache, ".json").sort((a, b) => time(b) - time(a));
  entries.slice(maxCacheSize).forEach(remove);
}

function removeLitter(folder: string): void {
  for (const path of list(folder, ".tmp")) {
    const pid = Number(TEMP_NAME.exec(path)?.[1]);
    if (pid > 0 && identify(pid) === null) remove(path);
  }
}

function list(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => `${folder}/${name}`);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When a file was last read or written; file systems note reads at least once a day (`relatime`, mount(8)). */
function used(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return Math.max(stat?.atimeMs ?? 0, stat?.mtimeMs ?? 0);
}

function touch(path: string): void {
  writeFileSync(path, "", { mode: FILE_MODE });
  utimesSync(path, Date.now() / 1000, Date.now() / 1000);
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}
