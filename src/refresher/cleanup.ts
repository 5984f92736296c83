import { readEntry } from "../cache/store.ts";
import { note } from "../cache/write-entry.ts";
import { cleanupOldSessions, compactState, LARGE } from "../state/cleanup.ts";
import type { World } from "../world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Once a day: drops the sessions that have been silent for `timeout` milliseconds, and old billing. Not on the first day, so
 * that a person sees what was taken over from an older program. A state file that has become large is compacted, at most
 * once an hour.
 * @throws Error when that cannot be written
 */
export async function cleanUp(timeout: number, world: World): Promise<void> {
  const last = lastRun("cleanup", world);
  if (isDue(last, DAY, world)) {
    noteRun("cleanup", world);
    if (last !== null) await cleanupOldSessions(world, timeout / DAY);
  }
  if (world.size(world.paths.state) <= LARGE || !isDue(lastRun("compact", world), HOUR, world)) return;
  noteRun("compact", world);
  await compactState(world);
}

/** Epoch ms; null: never. */
function lastRun(name: string, world: World): number | null {
  const noted = readEntry(world, name, `${name}:${world.configDir}`)?.data as
    | { at: number }
    | null
    | undefined;
  return noted?.at ?? null;
}

function isDue(last: number | null, interval: number, world: World): boolean {
  return last === null || Math.abs(world.now() - last) >= interval;
}

function noteRun(name: string, world: World): void {
  note(name, `${name}:${world.configDir}`, { at: world.now() }, world);
}
