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
 * Marks that this render starts the refresher, where none is at work or being started. Renders that find that at the same
 * time may all start one: the first that takes the lock works, the others end at once, before they load anything.
 * @returns whether this render is to start it
 * @throws system errors
 */
export async function markStart(world: World): Promise<boolean> {
  if (isRecent(refresherLock(world), AT_WORK, world) || isRecent(startMark(world), STARTING, world))
    return false;
  await world.write(startMark(world), " ");
  return true;
}

function isRecent(path: string, most: number, world: World): boolean {
  const ms = Date.now() - (world.mtime(path) ?? 0);
  return ms < most && -ms < most;
}
