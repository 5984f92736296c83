import type { World } from "../world.ts";
import type { Reading } from "./collect.ts";

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
/** Renders that start together have all left their mark by then; the last one stands. */
const ELECTION = 2;

/**
 * Starts the refresher, detached, where something is due and none is at work. Of renders that find that at the
 * same time the last to leave its mark starts it. A second refresher would do no harm, it ends at once; but
 * fifteen would take the processor from the renders. An exclusive create would need `node:fs`, 1.3 ms in each.
 */
export async function revalidate(
  readings: readonly Reading[],
  flags: readonly string[],
  world: World,
): Promise<void> {
  let due = false;
  for (const reading of readings) due ||= reading.due;
  if (!due) return;
  const since = (path: string) => Math.abs(Date.now() - (world.mtime(path) ?? 0));
  const mark = startMark(world);
  if (since(refresherLock(world)) < AT_WORK || since(mark) < STARTING) return;
  const own = crypto.randomUUID();
  await world.write(mark, own);
  await Bun.sleep(ELECTION);
  // Marks have one length, so that this one may be mapped.
  if (world.readReplaced(mark) === own) world.startSelf(["refresh", ...flags]);
}
