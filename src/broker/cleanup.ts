import { cleanupOldSessions } from "../state/cleanup.ts";
import type { World } from "../world.ts";
import { readEntry } from "./cache.ts";
import { note } from "./note.ts";

const DAY = 86_400_000;

/**
 * Once a day: drops the sessions that have been silent for `timeout` milliseconds. Not on the first day, so that a person sees
 * what was taken over from an older program.
 * @throws Error when that cannot be written
 */
export async function cleanUp(timeout: number, world: World): Promise<void> {
  const key = `cleanup:${world.configDir}`;
  const last = readEntry(world, "cleanup", key)?.data as { at: number } | null | undefined;
  if (last && Math.abs(world.now() - last.at) < DAY) return;
  note("cleanup", key, { at: world.now() }, world);
  if (last) await cleanupOldSessions(world, timeout / DAY);
}
