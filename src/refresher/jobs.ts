import { judge } from "../cache/freshness.ts";
import { readEntry } from "../cache/store.ts";
import { type Settings, settingsId, settingsOf } from "../config/settings.ts";
import type { ModuleConfig, ModuleSettings, StatusModule } from "../module.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import type { Active } from "./active-sessions.ts";
import { step } from "./step.ts";

/** A value that a session wants fetched. */
export interface Job {
  readonly module: StatusModule;
  readonly key: string;
  readonly session: Session;
  /** All active sessions that want it. */
  readonly sessions: readonly Session[];
  readonly settings: ModuleSettings;
}

/** The values that these sessions want, due or not: each once, however many share it, unless they want it otherwise. */
export async function jobsOf(
  active: readonly Active[],
  modules: readonly StatusModule[],
  world: World,
): Promise<Job[]> {
  const jobs = new Map<string, Job>();
  const sources = new Map<string, readonly Source[]>();
  for (const { session, settings: all } of active) {
    const id = settingsId(all);
    if (!sources.has(id)) sources.set(id, sourcesIn(modules, all));
    for (const { module, settings } of sources.get(id) ?? []) {
      const key = await step(module.moduleId, world, () => module.key?.(session, world, settings) ?? null);
      if (key === null) continue;
      const id = `${key}\n${JSON.stringify(settings)}`;
      const sessions = [...(jobs.get(id)?.sessions ?? []), session];
      jobs.set(id, { module, key, session, sessions, settings });
    }
  }
  return [...jobs.values()];
}

/** A module that fetches, and how it is to be done. */
type Source = Pick<Job, "module" | "settings">;

/** The modules with a source that are wanted themselves, or by one that shows what they cache. */
function sourcesIn(modules: readonly StatusModule[], all: Settings): readonly Source[] {
  const wanted = modules.filter((module) => isWanted(module, all));
  const shown = new Set(wanted.map(({ moduleId, cachedBy }) => cachedBy ?? moduleId));
  const sources = modules.filter(({ moduleId, fetch }) => fetch !== undefined && shown.has(moduleId));
  return sources.map((module) => ({ module, settings: settingsFor(module, wanted, all) }));
}

/** A value that several modules show is fetched as often as one of them wants it, and may take as long as one of them lets it. */
function settingsFor(source: StatusModule, wanted: readonly StatusModule[], all: Settings): ModuleSettings {
  const { moduleId } = source;
  const askers = wanted.filter((each) => each === source || (each.cachedBy === moduleId && each.config));
  const asked = askers.map((each) => settingsOf(all, each.moduleId));
  if (asked.length === 0) return { ...settingsOf(all, moduleId), ...source.source };
  const least = (name: keyof ModuleConfig) => Math.min(...asked.map((each) => each[name]));
  const most = (name: keyof ModuleConfig) => Math.max(...asked.map((each) => each[name]));
  return {
    ...settingsOf(all, moduleId),
    refreshInterval: least("refreshInterval"),
    cacheTTL: least("cacheTTL"),
    stalenessThreshold: least("stalenessThreshold"),
    timeout: most("timeout"),
    maxRetries: most("maxRetries"),
    retryBackoff: least("retryBackoff"),
    maxConcurrent: most("maxConcurrent"),
    ...source.source,
  };
}

/** A refresher that runs anyway fetches what will be due soon, so that one serves many sessions. */
const EAGER = 0.8;

/** Whether the value is to be fetched now. @throws system errors, and what the module throws */
export function isDue({ module, key, sessions, settings }: Job, world: World): boolean {
  const eager = { ...settings, refreshInterval: settings.refreshInterval * EAGER };
  const changes = sessions.map((session) => module.changedAt?.(session, world) ?? null);
  const changedAt = changes.reduce((last, time) => (time === null || (last ?? 0) > time ? last : time), null);
  return judge(readEntry(world, module.moduleId, key), eager, world.now(), changedAt).due;
}

/** What the state file shows, whether the row shows it or not. */
const EXPORTED = ["model", "context", "git", "tmux", "cost", "limits"];

/** Whether a module is enabled and is shown in the row or exported; values of other modules are not fetched. */
export function isWanted({ moduleId }: StatusModule, settings: Settings): boolean {
  if (!settingsOf(settings, moduleId).enabled) return false;
  if (EXPORTED.includes(moduleId)) return true;
  return settings.look.lines.some((line) => line.some((place) => place.moduleId === moduleId));
}
