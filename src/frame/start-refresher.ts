import type { World } from "../world.ts";
import type { Reading } from "./readings.ts";

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

/** A render that would start the refresher. */
export interface Candidate {
  readonly mark: string;
  /** Epoch ms. */
  readonly since: number;
}

/**
 * Stands for starting the refresher, where something is due and none is at work; else null. Of renders that find that
 * at the same time the last to leave its mark starts it. A second refresher would do no harm, it ends at once; but
 * fifteen would take the processor from the renders. An exclusive create would need `node:fs`, 1.3 ms in each.
 * @throws system errors
 */
export async function standFor(readings: readonly Reading[], world: World): Promise<Candidate | null> {
  let due = false;
  for (const reading of readings) due ||= reading.due;
  if (!due) return null;
  const age = (path: string) => {
    const ms = Date.now() - (world.mtime(path) ?? 0);
    return ms < 0 ? -ms : ms;
  };
  if (age(refresherLock(world)) < AT_WORK || age(startMark(world)) < STARTING) return null;
  // All marks have one length, so that they may be mapped.
  const mark = `${process.pid}`.padStart(10) + `${Bun.nanoseconds()}`.padStart(20);
  await world.write(startMark(world), mark);
  return { mark, since: Date.now() };
}

/**
 * Starts the refresher, detached, if the candidate's mark stands when all who stood with it have left theirs.
 * @throws system errors
 */
export async function startIfElected(
  candidate: Candidate | null,
  flags: readonly string[],
  world: World,
): Promise<void> {
  if (candidate === null) return;
  const { mark, since } = candidate;
  const left = since + ELECTION - Date.now();
  if (left > 0) await Bun.sleep(left);
  if (world.readReplaced(startMark(world), 2 * mark.length) === mark) world.startSelf(["refresh", ...flags]);
}
