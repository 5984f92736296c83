import type { World } from "../world.ts";

/** The lock that the one working refresher of a configuration directory holds. */
export function refresherLock(world: World): string {
  return `${world.paths.locks}/refresher.lock`;
}

/** Says that a refresher is being started; it takes the mark away when it has its lock. */
export function startMark(world: World): string {
  return `${world.paths.locks}/refresher.start`;
}

// A working refresher renews its lock every second, and looks for new work until it ends.
const AT_WORK = 2000;
/** A start that has not led to a working refresher by then has failed. */
const STARTING = 1000;

/**
 * Leaves a mark that this render starts the refresher, where none is at work or being started.
 * @returns the mark; null where there is nothing to start
 * @throws system errors
 */
export async function markStart(world: World): Promise<string | null> {
  const isStarted = isRecent(startMark(world), STARTING, world);
  if (isStarted || isRecent(refresherLock(world), AT_WORK, world)) return null;
  // All marks have one length, so that they may be mapped.
  const mark = `${process.pid}`.padStart(10) + `${Bun.nanoseconds()}`.padStart(20);
  await world.write(startMark(world), mark);
  return mark;
}

/**
 * Starts the refresher, detached, if the mark is still this render's: of several that left theirs while they were drawing,
 * only the last starts one. Should two be started all the same, the first that takes the lock works, and the other ends before
 * it has loaded anything.
 * @throws system errors
 */
export function startIfMarked(mark: string, flags: readonly string[], world: World): void {
  if (world.readReplaced(startMark(world), 2 * mark.length) === mark) world.startSelf(["refresh", ...flags]);
}

function isRecent(path: string, most: number, world: World): boolean {
  const ms = Date.now() - (world.mtime(path) ?? 0);
  return ms < most && -ms < most;
}
