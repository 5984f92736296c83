import type { ModuleConfig } from "../module.ts";
import type { Entry } from "./entry.ts";

/** The state of a value: live has no cache; pending and failed have no value. */
export type Freshness = "live" | "fresh" | "expired" | "stale" | "pending" | "failed";

export interface Judgement {
  readonly freshness: Freshness;
  /** Milliseconds since the value was asked for; 0 for a live one. */
  readonly ageMs: number;
  /** The refresher should fetch it now. */
  readonly due: boolean;
  /** When this judgement may change by the clock alone, epoch ms. */
  readonly until: number;
}

/** A clock that was set back makes times of the future, ms; less than this is what file systems and clocks differ by. */
export const CLOCK_SLACK = 2000;

/**
 * Judges an entry by its age. An entry from the future cannot be judged and counts as stale.
 * @param changedAt when something last changed that the value depends on, if known
 */
export function judge(
  entry: Entry | null,
  config: ModuleConfig,
  now: number,
  changedAt: number | null,
): Judgement {
  if (entry === null) return { freshness: "pending", ageMs: 0, due: true, until: now };
  const retryAt = mayFetchAt(entry, config, now);
  const due = now >= retryAt;
  if (entry.data === null) return { freshness: "failed", ageMs: 0, due, until: retryAt };
  const ageMs = now - entry.fetchedAt;
  const future = ageMs < -CLOCK_SLACK;
  const changed = changedAt !== null && changedAt > entry.fetchedAt && changedAt <= now + CLOCK_SLACK;
  const wanted = future || changed || ageMs >= config.refreshInterval;
  const freshness =
    future || ageMs >= config.stalenessThreshold ? "stale" : ageMs >= config.cacheTTL ? "expired" : "fresh";
  let until = Infinity;
  const { fetchedAt } = entry;
  const { refreshInterval, cacheTTL, stalenessThreshold } = config;
  for (const age of [refreshInterval, cacheTTL, stalenessThreshold, retryAt - fetchedAt]) {
    const time = fetchedAt + age;
    if (time > now && time < until) until = time;
  }
  return { freshness, ageMs: Math.max(0, ageMs), due: wanted && due, until };
}

/** After a failure the next try waits: a few times for a growing while, then for a whole interval. */
function mayFetchAt({ failure }: Entry, config: ModuleConfig, now: number): number {
  if (failure === null || failure.at > now + CLOCK_SLACK) return 0;
  const retrying = failure.count <= config.maxRetries;
  const wait = retrying ? config.retryBackoff * 2 ** (failure.count - 1) : config.refreshInterval;
  return failure.at + wait;
}
