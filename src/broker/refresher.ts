import { chmodSync } from "node:fs";
import { setPriority } from "node:os";
import { FOLDER_MODE, makeFolder } from "../lib/atomic.ts";
import { inTime } from "../lib/deadline.ts";
import { messageOf } from "../lib/errors.ts";
import { removeIfThere } from "../lib/if-there.ts";
import { acquire } from "../lib/lock.ts";
import { log } from "../lib/log.ts";
import { asUserError } from "../lib/system-error.ts";
import type { StatusModule } from "../module.ts";
import { PATIENCE } from "../state/store.ts";
import type { World } from "../world.ts";
import { activeSessions } from "./active.ts";
import { readEntry } from "./cache.ts";
import { cleanUp } from "./cleanup.ts";
import { judge } from "./entry.ts";
import { eager, fetchOne, type Job, WIND_UP } from "./fetch.ts";
import { fold } from "./fold.ts";
import { refresherLock, startMark } from "./revalidate.ts";
import { step } from "./step.ts";
import { sweep } from "./sweep.ts";

/** Renders that started together with this process shall end before it takes their processor time. */
const HEAD_START = 100;
const HEARTBEAT = 1000;
/** Without a heartbeat for so long a refresher counts as stuck, and another may take its place. */
const STUCK = 5 * HEARTBEAT;
/** How often a refresher that waits for a slow source looks for new work. */
const LOOK_AGAIN = 250;
/** The same value is fetched at most once in this time by one refresher. */
const PAUSE = 1000;
const MAX_FETCHES = 4;

/** How long a refresher may begin fetches, and when it ends at the latest (ms since its start). */
export function lifeOf(modules: readonly StatusModule[]): { begin: number; end: number } {
  const longest = Math.max(0, ...modules.map(({ config }) => config.timeout));
  // A fetch that begins last; then the sessions and the cleanup go into the state.
  return { begin: longest, end: HEAD_START + longest + (longest + WIND_UP) + 2 * PATIENCE };
}

/**
 * Fetches whatever is due for any session of this configuration directory, then ends. One refresher works
 * at a time; a second one ends at once. What is due after `lifeOf` is left to the next.
 * @throws Error when it is not done by then, whatever it still waits for; UserError when nothing can be written
 */
export async function refresh(modules: readonly StatusModule[], world: World): Promise<void> {
  try {
    await inTime(lifeOf(modules).end, () => refreshAll(modules, world));
  } catch (error) {
    log(world.paths.log, "error", "refresh", messageOf(asUserError(error)));
    throw error;
  }
}

async function refreshAll(modules: readonly StatusModule[], world: World): Promise<void> {
  const lastBegin = Date.now() + lifeOf(modules).begin;
  beNice();
  const { root, locks, cache } = world.paths;
  for (const folder of [root, locks, cache]) await step("refresh", world, () => ownFolder(folder));
  const done = new Map<string, number>();
  for (let more = true; more && Date.now() < lastBegin; ) {
    const lock = acquire(refresherLock(world), STUCK);
    await step("refresh", world, () => removeIfThere(startMark(world)));
    if (lock === null) return;
    const heartbeat = setInterval(() => lock.renew(), HEARTBEAT);
    try {
      await Bun.sleep(HEAD_START);
      await fetchAllDue(modules, world, () => lock.isHeld() && Date.now() < lastBegin, done);
      await finish(modules, world);
    } finally {
      clearInterval(heartbeat);
      lock.release();
    }
    // A render that saw the lock just before it was released has left its work to this process.
    more = (await dueJobs(modules, world, done)).length > 0;
  }
}

/** Renders make folders as they need them, and leave it to this process that they are the user's only. */
function ownFolder(folder: string): void {
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

/** What is done with what was fetched; what cannot be written is told of and tried again next time. */
async function finish(modules: readonly StatusModule[], world: World): Promise<void> {
  const active = await activeSessions(world);
  if (active.length > 0) await step("state", world, () => fold(active, modules, world));
  await step("cleanup", world, () => cleanUp(world));
  await step("sweep", world, () => sweep(world));
}

async function fetchAllDue(
  modules: readonly StatusModule[],
  world: World,
  mayBegin: () => boolean,
  done: Map<string, number>,
) {
  const running = new Map<string, Promise<void>>();
  while (mayBegin()) {
    for (const job of await dueJobs(modules, world, done)) {
      if (running.has(job.key) || running.size >= MAX_FETCHES) continue;
      running.set(
        job.key,
        run(job, world, done).finally(() => running.delete(job.key)),
      );
    }
    if (running.size === 0) return;
    await Promise.race([...running.values(), Bun.sleep(LOOK_AGAIN)]);
  }
  await Promise.all(running.values());
}

async function run(job: Job, world: World, done: Map<string, number>): Promise<void> {
  await step(job.module.moduleId, world, () => fetchOne(job, world));
  done.set(job.key, Date.now());
}

/** What the active sessions want fetched now, each key once. */
async function dueJobs(modules: readonly StatusModule[], world: World, done: ReadonlyMap<string, number>) {
  const jobs = new Map<string, Job>();
  for (const { session } of await activeSessions(world)) {
    for (const module of modules) {
      if (module.fetch === undefined) continue;
      const key = await step(module.moduleId, world, () => module.key(session, world));
      if (key === null || jobs.has(key) || Date.now() - (done.get(key) ?? 0) < PAUSE) continue;
      const job = { module, key, session };
      if (await step(module.moduleId, world, () => isDue(job, world))) jobs.set(key, job);
    }
  }
  return [...jobs.values()];
}

async function isDue({ module, key, session }: Job, world: World): Promise<boolean> {
  const entry = await readEntry(world, module.moduleId, key);
  const changedAt = (await module.changedAt?.(session, world)) ?? null;
  return judge(entry, eager(module.config), world.now(), changedAt).due;
}
