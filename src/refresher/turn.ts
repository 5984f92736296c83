import { chmodSync } from "node:fs";
import { setPriority } from "node:os";
import { refresherLock, startMark } from "../frame/start-refresher.ts";
import { FOLDER_MODE, makeFolder } from "../lib/atomic.ts";
import { removeIfThere } from "../lib/if-there.ts";
import { acquire, type Lock } from "../lib/lock.ts";
import type { World } from "../world.ts";
import { clearLocks } from "./litter.ts";
import { step } from "./step.ts";

/** Renders that started together with a refresher shall end before it takes their processor time, ms. */
export const HEAD_START = 100;
const HEARTBEAT = 1000;
/** Without a heartbeat for so long a refresher counts as stuck, and another may take its place. */
const STUCK = 5 * HEARTBEAT;

/**
 * Takes the lock of the one refresher that works at a time; null where another has it. Loads little: of several that were
 * started at the same time all but one end here.
 * @throws system errors, such as a folder that cannot be written
 */
export async function takeTurn(world: World): Promise<Lock | null> {
  beNice();
  for (const folder of [world.paths.root, world.paths.locks])
    await step("refresh", world, () => ownFolder(folder));
  await step("sweep", world, () => clearLocks(world));
  const lock = acquire(refresherLock(world), STUCK);
  await step("refresh", world, () => removeIfThere(startMark(world)));
  return lock;
}

/** Works with the lock, keeps it alive meanwhile, and releases it. */
export async function holding(lock: Lock, work: (isHeld: () => boolean) => Promise<void>): Promise<void> {
  const heartbeat = setInterval(() => lock.renew(), HEARTBEAT);
  try {
    await work(() => lock.isHeld());
  } finally {
    clearInterval(heartbeat);
    lock.release();
  }
}

/** Renders make folders as they need them, and leave it to this process that they are the user's only. @throws system errors */
export function ownFolder(folder: string): void {
  makeFolder(folder);
  chmodSync(folder, FOLDER_MODE);
}

/** Renders come first: on a busy machine the refresher and its children step back. */
function beNice(): void {
  try {
    setPriority(10);
  } catch {
    // Not allowed here; then it runs as it is.
  }
}
