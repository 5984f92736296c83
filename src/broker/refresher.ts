import { chmodSync, readdirSync, unlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { type Settings, settingsOf } from "../config/settings.ts";
import { FOLDER_MODE, makeFolder } from "../lib/atomic.ts";
import { hasCode, messageOf } from "../lib/errors.ts";
import { acquire, type Lock } from "../lib/lock.ts";
import { log } from "../lib/log.ts";
import type { StatusModule } from "../module.ts";
import { overridesIn, type Session } from "../session.ts";
import type { World } from "../world.ts";
import { linkToProfiles } from "./accounts.ts";
import { readEntry } from "./cache.ts";
import { cleanUp } from "./cleanup.ts";
import { judge } from "./entry.ts";
import { eager, fetchOne, type Job } from "./fetch.ts";
import { type Active, fold } from "./fold.ts";
import { parseLastRender } from "./last-render.ts";
import { refresherLock, startMark } from "./revalidate.ts";
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
/** Sessions that have not rendered for this long are not refreshed. */
const ACTIVE = 10 * 60_000;

/** Finds out how a session is configured. */
export type Configure = (session: Pick<Session, "projectDir" | "overrides">) => Promise<Settings>;

/**
 * Fetches whatever is due for any session of this configuration directory, then ends. One refresher works
 * at a time; a second one ends at once.
 */
export async function refresh(
  modules: readonly StatusModule[],
  configure: Configure,
  world: World,
): Promise<void> {
  const own = await configure({ projectDir: null, overrides: overridesIn(world.env) });
  const work: Work = { modules, configure, own, world, done: new Map() };
  beNice();
  ownFolders(world);
  for (let more = true; more; ) {
    const lock = acquire(refresherLock(world), STUCK);
    removeMark(world);
    if (lock === null) return;
    const heartbeat = setInterval(() => lock.renew(), HEARTBEAT);
    try {
      await Bun.sleep(HEAD_START);
      await fetchAllDue(work, lock);
      await finish(work);
    } finally {
      clearInterval(heartbeat);
      lock.release();
    }
    // A render that saw the lock just before it was released has left its work to this process.
    more = (await dueJobs(work)).length > 0;
  }
}

/** What one refresher has before it. */
interface Work {
  readonly modules: readonly StatusModule[];
  readonly configure: Configure;
  /** How the refresher itself is configured. */
  readonly own: Settings;
  readonly world: World;
  /** When it last fetched a key (epoch ms). */
  readonly done: Map<string, number>;
}

/** Renders make folders as they need them, and leave it to this process that they are the user's only. */
function ownFolders({ paths }: World): void {
  for (const folder of [paths.root, paths.locks, paths.cache, paths.frames]) {
    makeFolder(folder);
    chmodSync(folder, FOLDER_MODE);
  }
}

function removeMark(world: World): void {
  try {
    unlinkSync(startMark(world));
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

/** Renders come first: on a busy machine the refresher and its children step back. */
function beNice(): void {
  try {
    setPriority(10);
  } catch {
    // Not allowed here; then it runs as it is.
  }
}

/** What is done with what was fetched; a state that cannot be written is told of and tried again next time. */
async function finish(work: Work): Promise<void> {
  const { modules, own, world } = work;
  try {
    const active = await activeSessions(work);
    if (active.length > 0) await fold(active, modules, world);
    await cleanUp(own.broker.sessionTimeoutMs, world);
    sweep(own.broker, world);
  } catch (error) {
    log(world.paths.log, "error", "state", messageOf(error));
  }
}

async function fetchAllDue(work: Work, lock: Lock) {
  const { maxConcurrentFetches, fetchPoolSize } = work.own.performance;
  const running = new Map<string, { moduleId: string; end: Promise<void> }>();
  while (lock.isHeld()) {
    for (const job of await dueJobs(work)) {
      const { moduleId } = job.module;
      const alike = [...running.values()].filter((each) => each.moduleId === moduleId).length;
      if (running.has(job.key) || running.size >= maxConcurrentFetches || alike >= fetchPoolSize) continue;
      running.set(job.key, { moduleId, end: run(job, work).finally(() => running.delete(job.key)) });
    }
    if (running.size === 0) return;
    await Promise.race([...[...running.values()].map(({ end }) => end), Bun.sleep(LOOK_AGAIN)]);
  }
  await Promise.all([...running.values()].map(({ end }) => end));
}

async function run(job: Job, { world, done }: Work): Promise<void> {
  try {
    await fetchOne(job, world);
  } catch (error) {
    log(world.paths.log, "error", job.module.moduleId, messageOf(error));
  } finally {
    done.set(job.key, Date.now());
  }
}

/** What the active sessions want fetched now, each key once. */
async function dueJobs(work: Work): Promise<Job[]> {
  const { modules, world, done } = work;
  const jobs = new Map<string, Job>();
  for (const { session, settings: all } of await activeSessions(work)) {
    for (const module of modules) {
      const settings = settingsOf(all, module.moduleId);
      if (module.fetch === undefined || !isWanted(module, modules, all)) continue;
      const key = (await module.key?.(session, world, settings)) ?? null;
      if (key === null || jobs.has(key) || Date.now() - (done.get(key) ?? 0) < PAUSE) continue;
      const entry = await readEntry(world, module.moduleId, key);
      const changedAt = (await module.changedAt?.(session, world)) ?? null;
      if (judge(entry, eager(settings), world.now(), changedAt).due)
        jobs.set(key, { module, key, session, settings });
    }
  }
  return [...jobs.values()];
}

/** Whether the module itself is on, or one that shows what it caches. */
function isWanted({ moduleId }: StatusModule, modules: readonly StatusModule[], settings: Settings): boolean {
  const users = modules.filter((module) => module.moduleId === moduleId || module.cachedBy === moduleId);
  return users.some((module) => settingsOf(settings, module.moduleId).enabled);
}

/** The sessions that have rendered lately, each with its account and its configuration. */
async function activeSessions({ configure, world }: Work): Promise<Active[]> {
  const { frames } = world.paths;
  const names = folderContent(frames).filter((name) => name.endsWith(".json"));
  const recent = names.filter((name) => Date.now() - (world.mtime(`${frames}/${name}`) ?? 0) < ACTIVE);
  const last = await Promise.all(
    recent.map(async (name) => parseLastRender(await world.readText(`${frames}/${name}`), name.slice(0, -5))),
  );
  const rendered = last.filter((each) => each !== null);
  const linked = await linkToProfiles(
    rendered.map(({ session }) => session),
    world,
  );
  const settings = await Promise.all(linked.map(({ session }) => configure(session)));
  return linked.map((each, n) => ({
    ...each,
    settings: settings[n] as Settings,
    frame: rendered[n]?.frame ?? { text: "", at: 0 },
  }));
}

function folderContent(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}
