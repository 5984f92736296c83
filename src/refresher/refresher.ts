import type { Settings } from "../config/settings.ts";
import { inTime } from "../lib/in-time.ts";
import type { Lock } from "../lib/lock.ts";
import type { StatusModule } from "../module.ts";
import { PATIENCE } from "../state/store.ts";
import type { World } from "../world.ts";
import { type Active, activeSessions, type Configure, recentFrames } from "./active-sessions.ts";
import { cleanUp } from "./cleanup.ts";
import { exportState } from "./export/export.ts";
import { fetchOne, WIND_UP } from "./fetch.ts";
import { isDue, type Job, jobsOf } from "./jobs.ts";
import { removeLitter } from "./litter.ts";
import { step } from "./step.ts";
import { sweep } from "./sweep.ts";
import { HEAD_START, holding, ownFolder, takeTurn } from "./turn.ts";

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
 * Fetches whatever is due for any session of this configuration directory, then ends. What is due after `lifeOf` is left to the next.
 * @param own how the refresher itself is configured
 * @param turn the lock, taken
 * @throws Error when it is not done by then, whatever it still waits for
 */
export async function refresh(
  modules: readonly StatusModule[],
  own: Settings,
  configure: Configure,
  turn: Lock,
  world: World,
): Promise<void> {
  const demand = demandOf(modules, configure, world);
  const work: Work = { modules, demand, own, world, done: new Map() };
  await inTime(lifeOf(own).end, () => refreshAll(work, turn));
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

async function refreshAll(work: Work, turn: Lock): Promise<void> {
  const { own, world } = work;
  const lastBegin = Date.now() + lifeOf(own).begin;
  const { cache, frames } = world.paths;
  for (const folder of [cache, frames]) await step("refresh", world, () => ownFolder(folder));
  await step("sweep", world, () => removeLitter(world));
  for (let lock: Lock | null = turn; lock !== null; ) {
    await holding(lock, async (isHeld) => {
      await fetchAllDue(work, () => isHeld() && Date.now() < lastBegin);
      await finish(work);
    });
    // A render that saw the lock just before it was released has left its work to this process.
    const more = Date.now() < lastBegin && (await dueJobs(work)).length > 0;
    lock = more ? await takeTurn(world) : null;
  }
}

/** Exports what was fetched. What cannot be written is logged and tried again next time. */
async function finish({ modules, demand, own, world }: Work): Promise<void> {
  const { active, jobs } = await demand();
  if (active.length > 0) await step("state", world, () => exportState(active, jobs, modules, world));
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
