import { statSync, unlinkSync, writeFileSync } from "node:fs";
import { FILE_MODE, makeFolder } from "../lib/atomic.ts";
import { hasCode } from "../lib/errors.ts";
import type { World } from "../world.ts";

/** A start that has not led to a working refresher by then has failed. */
const STARTING = 1000;

const markOf = (world: World) => `${world.paths.locks}/refresher.start`;

/**
 * Says that this process is about to start a refresher. Of many renders at once only one is told to: the mark
 * stands from here until the refresher has its lock.
 * @throws system errors
 */
export function claimStart(world: World): boolean {
  const mark = markOf(world);
  try {
    makeFolder(world.paths.locks);
    writeFileSync(mark, "", { mode: FILE_MODE, flag: "wx" });
    return true;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    const since = Date.now() - (statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (Math.abs(since) < STARTING) return false;
    writeFileSync(mark, "", { mode: FILE_MODE });
    return true;
  }
}

/** Says that the refresher has started. */
export function started(world: World): void {
  try {
    unlinkSync(markOf(world));
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}
