import type { Entry } from "../cache/entry.ts";
import { type Freshness, type Judgement, judge } from "../cache/freshness.ts";
import { NEVER, type Stamp, type Validity } from "../cache/saved-frame.ts";
import { entryPath, readEntry, valueHash } from "../cache/store.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import type { ModuleSettings, StatusModule } from "../module.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { type Recorder, withValue } from "./recorder.ts";

/** One module's value for this render, with its age and state, and how long it is valid. */
export interface Reading extends Validity {
  readonly module: StatusModule;
  readonly settings: ModuleSettings;
  /** null: nothing to show. */
  readonly data: unknown;
  readonly freshness: Freshness;
  readonly ageMs: number;
  /** The refresher should fetch its cached part. */
  readonly due: boolean;
  /** What the module threw. */
  readonly error: string | null;
  /** What is doubtful about the cached value. */
  readonly warnings: readonly string[];
}

const NOTHING: readonly never[] = [];

/** A value without the files that it was read from. */
type Unstamped = Omit<Reading, "stamps"> & {
  /** The stamp of its cached value, while that is fresh: then it may be replaced by the same value. */
  readonly entry: Stamp | null;
};

/**
 * Reads these modules. Never throws: a module that does is a reading without data.
 * @param recorder records the files that each of them asks for
 */
export function collect(
  modules: readonly StatusModule[],
  settings: Settings,
  session: Session,
  recorder: Recorder,
): Reading[] {
  const readings: Reading[] = [];
  for (const module of modules) {
    const { entry, ...reading } = readingOf(module, settings, session, recorder.world);
    readings.push({ ...reading, stamps: withValue(recorder.stamps(), entry) });
  }
  return readings;
}

function readingOf(module: StatusModule, all: Settings, session: Session, world: World): Unstamped {
  const settings = settingsOf(all, module.moduleId);
  try {
    const key = module.key === undefined ? null : module.key(session, world, settings);
    if (key !== null) return cachedReading(module, settings, key, all, session, world);
    const start = Bun.nanoseconds();
    const data = module.read(session, world, null, settings);
    const validUntil = changeOf(module, data, settings, world);
    const live = { freshness: "live", ageMs: 0, due: false, entry: null, warnings: NOTHING } as const;
    return { module, settings, data, ...live, validUntil, error: slowness(start, settings.timeout) };
  } catch (error) {
    const validUntil = world.now() + settings.retryBackoff;
    const failed = { data: null, freshness: "failed", ageMs: 0, due: false, entry: null } as const;
    return { module, settings, ...failed, validUntil, error: messageOf(error), warnings: NOTHING };
  }
}

function cachedReading(
  module: StatusModule,
  settings: ModuleSettings,
  key: string,
  all: Settings,
  session: Session,
  world: World,
): Unstamped {
  const { cachedBy } = module;
  const source = cachedBy ?? module.moduleId;
  let entry: Entry | null = null;
  let error: string | null = null;
  try {
    entry = readEntry(world, source, key);
  } catch (reason) {
    error = messageOf(reason); // A cache that cannot be read leaves what the session itself contains.
  }
  const changedAt = module.changedAt?.(session, world) ?? null;
  const isOwn = cachedBy === undefined || module.config !== undefined;
  const asked = module.source ?? (isOwn ? settings : settingsOf(all, cachedBy));
  const now = world.now();
  const judgement = patiently(judge(entry, asked, now, changedAt), entry, module.patience ?? 0);
  const fetched = judgement.freshness === "pending" ? "pending" : (entry?.data ?? null);
  const data = module.read(session, world, fetched, settings);
  const change = changeOf(module, data, settings, world);
  const { until, ...judged } = judgement;
  const stamp = entry === null ? null : freshStamp(entry, judgement, world);
  // How long a fresh value is so is part of its stamp; one that is due may be another in the next run.
  const ages = judgement.due ? now : Math.min(NEVER, until);
  const validUntil = stamp !== null || change < ages ? change : ages;
  const warnings = entry?.warnings ?? NOTHING;
  return { module, settings, data, ...judged, validUntil, entry: stamp, error, warnings };
}

/** A change alone may wait until the value is old enough; a failed fetch has waits of its own. */
function patiently(judgement: Judgement, entry: Entry | null, patience: number): Judgement {
  const { due, ageMs, freshness, until } = judgement;
  if (entry === null || !due || ageMs >= patience || freshness !== "fresh" || entry.failure !== null)
    return judgement;
  return { ...judgement, due: false, until: Math.min(until, entry.fetchedAt + patience) };
}

function freshStamp(entry: Entry, { freshness, due, until }: Judgement, world: World): Stamp | null {
  const hash = freshness === "fresh" && !due ? valueHash(entry) : null;
  if (hash === null) return null;
  const path = entryPath(world, entry.moduleId, entry.key);
  const mtime = world.mtime(path);
  return mtime === null ? null : [path, mtime, { hash, freshFor: until - mtime }];
}

/** When the value changes by the clock, or is to be read again; how old a fetched one may be depends on its entry. */
function changeOf(module: StatusModule, data: unknown, settings: ModuleSettings, world: World): number {
  const now = world.now();
  const change = data === null ? NEVER : Math.min(NEVER, module.until?.(data, now) ?? NEVER);
  const isFetched =
    module.fetch !== undefined || (module.cachedBy !== undefined && module.config !== undefined);
  if (isFetched && module.source === undefined) return change;
  return Math.min(change, now + settings.refreshInterval, now + settings.cacheTTL);
}

function slowness(start: number, timeout: number): string | null {
  const ms = (Bun.nanoseconds() - start) / 1e6;
  return ms < timeout ? null : `reading took ${ms.toFixed(0)} ms, longer than its timeout of ${timeout} ms`;
}
