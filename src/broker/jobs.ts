import { type Settings, settingsId, settingsOf } from "../config/settings.ts";
import type { ModuleSettings, StatusModule } from "../module.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import type { Active } from "./active.ts";
import { readEntry } from "./cache.ts";
import { judge } from "./entry.ts";
import { step } from "./step.ts";
import { isWanted } from "./wanted.ts";

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
  const sources = new Map<string, readonly StatusModule[]>();
  for (const { session, settings: all } of active) {
    const id = settingsId(all);
    if (!sources.has(id)) sources.set(id, sourcesIn(modules, all));
    for (const module of sources.get(id) ?? []) {
      const settings = { ...settingsOf(all, module.moduleId), ...module.source };
      const key = await step(module.moduleId, world, () => module.key?.(session, world, settings) ?? null);
      if (key === null) continue;
      const id = `${key}\n${JSON.stringify(settings)}`;
      const sessions = [...(jobs.get(id)?.sessions ?? []), session];
      jobs.set(id, { module, key, session, sessions, settings });
    }
  }
  return [...jobs.values()];
}

/** The modules with a source that are wanted themselves, or by one that shows what they cache. */
function sourcesIn(modules: readonly StatusModule[], settings: Settings): readonly StatusModule[] {
  const wanted = modules.filter((module) => isWanted(module, settings));
  const shown = new Set(wanted.map(({ moduleId, cachedBy }) => cachedBy ?? moduleId));
  return modules.filter(({ moduleId, fetch }) => fetch !== undefined && shown.has(moduleId));
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
