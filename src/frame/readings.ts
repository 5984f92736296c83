import { type Entry, type Freshness, type Judgement, judge } from "../cache/entry.ts";
import type { SeenFile } from "../cache/saved-frame.ts";
import { entryPath, readEntry, valueHash } from "../cache/store.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import { min } from "../lib/number.ts";
import type { ModuleSettings, StatusModule } from "../module.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** One module's value for this render, with its age and state. */
export interface Reading {
  readonly module: StatusModule;
  readonly settings: ModuleSettings;
  /** null: nothing to show. */
  readonly data: unknown;
  readonly freshness: Freshness;
  readonly ageMs: number;
  /** The refresher should fetch its cached part. */
  readonly due: boolean;
  /** When it may change by the clock alone, epoch ms. Where there is a `file`, that tells when its cached value is over. */
  readonly until: number;
  /** The cached value's file, while the value is fresh. */
  readonly file: SeenFile | null;
  /** What the module threw. */
  readonly error: string | null;
  /** What is doubtful about the cached value. */
  readonly warnings: readonly string[];
}

const NO_WARNINGS: readonly string[] = [];

/** Reads these modules. Never throws: a module that does is a reading without data. */
export function collect(
  modules: readonly StatusModule[],
  settings: Settings,
  session: Session,
  world: World,
): Reading[] {
  // A loop: on this path each method of arrays costs a start some 50 to 150 µs when it is first used.
  const readings: Reading[] = [];
  for (const module of modules) readings.push(readingOf(module, settings, session, world));
  return readings;
}

function readingOf(module: StatusModule, all: Settings, session: Session, world: World): Reading {
  const settings = settingsOf(all, module.moduleId);
  try {
    const key = module.key === undefined ? null : module.key(session, world, settings);
    if (key !== null) return cachedReading(module, settings, key, all, session, world);
    const start = Bun.nanoseconds();
    const data = module.read(session, world, null, settings);
    const until = changeOf(module, data, settings, world);
    const live = { freshness: "live", ageMs: 0, due: false, file: null, warnings: NO_WARNINGS } as const;
    return { module, settings, data, ...live, until, error: slowness(start, settings.timeout) };
  } catch (error) {
    const until = world.now() + settings.retryBackoff;
    const nothing = { data: null, freshness: "failed", ageMs: 0, due: false, until, file: null } as const;
    return { module, settings, ...nothing, error: messageOf(error), warnings: NO_WARNINGS };
  }
}

function cachedReading(
  module: StatusModule,
  settings: ModuleSettings,
  key: string,
  all: Settings,
  session: Session,
  world: World,
): Reading {
  const { cachedBy } = module;
  const source = cachedBy ?? module.moduleId;
  let entry: Entry | null = null;
  let error: string | null = null;
  try {
    entry = readEntry(world, source, key);
  } catch (reason) {
    error = messageOf(reason); // A cache that cannot be read leaves what the session itself tells.
  }
  const changedAt = module.changedAt?.(session, world) ?? null;
  const isOwn = cachedBy === undefined || module.config !== undefined;
  const asked = module.source ?? (isOwn ? settings : settingsOf(all, cachedBy));
  const judgement = patiently(judge(entry, asked, world.now(), changedAt), entry, module.patience ?? 0);
  const fetched = judgement.freshness === "pending" ? "pending" : (entry?.data ?? null);
  const data = module.read(session, world, fetched, settings);
  const change = changeOf(module, data, settings, world);
  const file = entry === null ? null : freshFile(entry, judgement, world);
  const until = file === null ? min(judgement.until, change) : change;
  const warnings = entry?.warnings ?? NO_WARNINGS;
  return { module, settings, data, ...judgement, until, file, error, warnings };
}

/** A change alone may wait until the value is old enough; a failed fetch has waits of its own. */
function patiently(judgement: Judgement, entry: Entry | null, patience: number): Judgement {
  const { due, ageMs, freshness, until } = judgement;
  if (entry === null || !due || ageMs >= patience || freshness !== "fresh" || entry.failure !== null)
    return judgement;
  return { ...judgement, due: false, until: min(until, entry.fetchedAt + patience) };
}

function freshFile(entry: Entry, { freshness, due, until }: Judgement, world: World): SeenFile | null {
  const hash = freshness === "fresh" && !due ? valueHash(entry) : null;
  if (hash === null) return null;
  const path = entryPath(world, entry.moduleId, entry.key);
  const mtime = world.mtime(path);
  return mtime === null ? null : [path, mtime, { hash, freshFor: until - mtime }];
}

/** When the value changes by the clock, or is to be read again; how old a fetched one may be depends on its entry. */
function changeOf(module: StatusModule, data: unknown, settings: ModuleSettings, world: World): number {
  const now = world.now();
  const change = data === null ? Infinity : (module.until?.(data, now) ?? Infinity);
  const isFetched =
    module.fetch !== undefined || (module.cachedBy !== undefined && module.config !== undefined);
  if (isFetched && module.source === undefined) return change;
  return min(change, now + min(settings.refreshInterval, settings.cacheTTL));
}

function slowness(start: number, timeout: number): string | null {
  const ms = (Bun.nanoseconds() - start) / 1e6;
  return ms < timeout ? null : `reading took ${ms.toFixed(0)} ms, longer than its timeout of ${timeout} ms`;
}
