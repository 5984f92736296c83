import type { World } from "../world.ts";
import type { Reading } from "./collect.ts";

/** The lock that the one working refresher of a configuration directory holds. */
export function refresherLock(world: World): string {
  return `${world.paths.locks}/refresher.lock`;
}

// A working refresher renews its lock every second, and looks for new work until it ends.
const AT_WORK = 2000;

/** Starts the refresher, detached, where something is due and none is at work. Never waits for it. */
export async function revalidate(readings: readonly Reading[], world: World): Promise<void> {
  if (!readings.some((reading) => reading.due)) return;
  const renewedAt = world.mtime(refresherLock(world)) ?? 0;
  if (Math.abs(Date.now() - renewedAt) < AT_WORK) return;
  const { claimStart } = await import("./start.ts");
  if (claimStart(world)) world.startSelf(["refresh"]);
}
