import { chmodSync } from "node:fs";
import { setPriority } from "node:os";
import type { Settings } from "../config/settings.ts";
import { refresherLock, startMark } from "../frame/start-refresher.ts";
import { FOLDER_MODE, makeFolder } from "../lib/atomic.ts";
import { inTime } from "../lib/deadline.ts";
import { messageOf } from "../lib/errors.ts";
import { removeIfThere } from "../lib/if-there.ts";
import { acquire } from "../lib/lock.ts";
import { log } from "../lib/log.ts";
import { asUserError } from "../lib/system-error.ts";
import type { StatusModule } from "../module.ts";
import { PATIENCE } from "../state/store.ts";
import { requireStorage } from "../storage.ts";
import type { World } from "../world.ts";
import { type Active, activeSessions, type Configure, recentFrames } from "./active-sessions.ts";
import { cleanUp } from "./cleanup.ts";
import { fold } from "./export/export.ts";
import { fetchOne, WIND_UP } from "./fetch.ts";
import { isDue, type Job, jobsOf } from "./jobs.ts";
import { step } from "./step.ts";
import { removeLitter, sweep } from "./sweep.ts";

/** Renders that started together with this process shall end before it takes their processor time. */
const HEAD_START = 100;
const HEARTBEAT = 1000;
/** Without a heartbeat for so long a refresher counts as stuck, and another may take its place. */
const STUCK = 5 * HEARTBEAT;
/** How often a refresher that waits for a slow source looks for new work. */
const LOOK_AGAIN = 250;
/** Logins, configuration and repositories are not watched: they are read again after this time (ms). */
const DEMAND_LASTS = 1000;
/** The same value is fetched at most once in this time by one refresher. */
const PAUSE = 1000;

/** The active sessions, and what they want fetched. */
interface Demand {
  readonly active: readonly Active[];
  readonly jobs: readonly Job[];
}

/** What one refresher has before it. */
interface Work {
  readonly modules: readonly StatusModule[];
  /** What it is at the moment. */
  readonly demand: () => Promise<Demand>;
  /** How the refresher itself is configured. */
  readonly own: Settings;
  readonly world: World;
  /** When it last fetched a key (epoch ms). */
  readonly done: Map<string, number>;
}

/** How long a refresher may begin fetches, and when it ends at the latest (ms since its start). */
export function lifeOf({ modules }: Pick<Settings, "modules">): { begin: number; end: number } {
  const longest = Math.max(0, ...Object.values(modules).map(({ timeout }) => timeout ?? 0));
  // A fetch that begins last; then the sessions and the cleanup go into the state.
  return { begin: longest, end: HEAD_START + longest + (longest + WIND_UP) + 2 * PATIENCE };
}

/**
 * Fetches whatever is due for any session of this configuration directory, then ends. One refresher works
 * at a time; a second one ends at once. What is due after `lifeOf` is left to the next.
 * @param own how the refresher itself is configured
 * @throws Error when it is not done by then, whatever it still waits for; UserError when nothing can be written
 */
export async function refresh(
  modules: readonly StatusModule[],
  own: Settings,
  configure: Configure,
  world: World,
): Promise<void> {
  requireStorage(world);
  try {
    const demand = demandOf(modules, configure, world);
    const work: Work = { modules, demand, own, world, done: new Map() };
    await inTime(lifeOf(own).end, () => refreshAll(work));
  } catch (error) {
    log(world.paths.log, "error", "refresh", messageOf(asUserError(error)));
    throw error;
  }
}

/** Computed again if a session has rendered or the state has changed since, if one could not be read, and after `DEMAND_LASTS`. */
function demandOf(modules: readonly StatusModule[], configure: Configure, world: World): Work["demand"] {
  let seen = "";
  let madeAt = 0;
  let known: Demand = { active: [], jobs: [] };
  return async () => {
    const frames = (await step("refresh", world, () => recentFrames(world))) ?? [];
    const now = JSON.stringify([frames, world.mtime(world.paths.state)]);
    if (now === seen && Date.now() - madeAt < DEMAND_LASTS) return known;
    madeAt = Date.now();
    const active = await activeSessions(frames, configure, world);
    known = { active, jobs: await jobsOf(active, modules, world) };
    seen = active.length === frames.length ? now : "";
    return known;
  };
}

async function refreshAll(work: Work): Promise<void> {
  const { own, world } = work;
  const lastBegin = Date.now() + lifeOf(own).begin;
  beNice();
  const { root, locks, cache, frames } = world.paths;
  for (const folder of [root, locks, cache, frames]) await step("refresh", world, () => ownFolder(folder));
  await step("sweep", world, () => removeLitter(world));
  for (let more = true; more && Date.now() < lastBegin; ) {
    const lock = acquire(refresherLock(world), STUCK);
    await step("refresh", world, () => removeIfThere(startMark(world)));
    if (lock === null) return;
    const heartbeat = setInterval(() => lock.renew(), HEARTBEAT);
    try {
      await Bun.sleep(HEAD_START);
      await fetchAllDue(work, () => lock.isHeld() && Date.now() < lastBegin);
      await finish(work);
    } finally {
      clearInterval(heartbeat);
      lock.release();
    }
    // A render that saw the lock just before it was released has left its work to this process.
    more = (await dueJobs(work)).length > 0;
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

/** Exports what was fetched. What cannot be written is logged and tried again next time. */
async function finish({ modules, demand, own, world }: Work): Promise<void> {
  const { active, jobs } = await demand();
  if (active.length > 0) await step("state", world, () => fold(active, jobs, modules, world));
  await step("cleanup", world, () => cleanUp(own.broker.sessionTimeoutMs, world));
  await step("sweep", world, () => sweep(own.broker, jobs, world));
}

async function fetchAllDue(work: Work, mayBegin: () => boolean) {
  const { maxConcurrentFetches, fetchPoolSize } = work.own.performance;
  const running = new Map<string, { moduleId: string; end: Promise<void> }>();
  const ends = () => [...running.values()].map(({ end }) => end);
  while (mayBegin()) {
    for (const job of await dueJobs(work)) {
      const { moduleId } = job.module;
      const alike = [...running.values()].filter((each) => each.moduleId === moduleId).length;
      const most = Math.min(fetchPoolSize, job.settings.maxConcurrent);
      if (running.has(job.key) || running.size >= maxConcurrentFetches || alike >= most) continue;
      running.set(job.key, { moduleId, end: run(job, work).finally(() => running.delete(job.key)) });
    }
    if (running.size === 0) return;
    await Promise.race([...ends(), Bun.sleep(LOOK_AGAIN)]);
  }
  await Promise.all(ends());
}

async function run(job: Job, { world, done }: Work): Promise<void> {
  await step(job.module.moduleId, world, () => fetchOne(job, world));
  done.set(job.key, Date.now());
}

/** What is to be fetched now, each key once. */
async function dueJobs({ demand, world, done }: Work): Promise<Job[]> {
  const due = new Map<string, Job>();
  for (const job of (await demand()).jobs) {
    const { key, module } = job;
    if (due.has(key) || Date.now() - (done.get(key) ?? 0) < PAUSE) continue;
    if (await step(module.moduleId, world, () => isDue(job, world))) due.set(key, job);
  }
  return [...due.values()];
}
