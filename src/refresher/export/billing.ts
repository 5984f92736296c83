import { judge } from "../../cache/freshness.ts";
import { readEntry } from "../../cache/store.ts";
import type { ModuleConfig } from "../../module.ts";
import type { Session } from "../../session.ts";
import type { LastHour } from "../../sources/last-hour.ts";
import { type AccountLimits, hasEnded, limitsKey, newestLimits } from "../../sources/limits.ts";
import { accountKey } from "../../sources/share.ts";
import type { Spending } from "../../sources/spending.ts";
import type { Billing } from "../../state/schema.ts";
import type { World } from "../../world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How long the client's 5-hour window lasts. */
const WINDOW = 5 * HOUR;

/**
 * An account's billing in the fields of `runtime-state.yaml`, or null while nothing is known from ccusage.
 * @param config how the module `cost` is configured
 * @param sessions the account's active sessions, at least one
 */
export function billingOf(config: ModuleConfig, sessions: readonly Session[], world: World): Billing | null {
  const [session] = sessions;
  const key = session === undefined ? null : accountKey("cost", session, world);
  const entry = key === null ? null : readEntry(world, "cost", key);
  if (session === undefined || entry === null || entry.data === null) return null;
  const now = world.now();
  const spending = entry.data as Spending;
  const { block } = spending;
  return {
    ...todayOf(spending, now),
    ...hourOf(spending.lastHour, now),
    ...clockOf(windowOf(spending, sessions, world), now),
    totalTokens: block !== null && now < block.endsAt ? block.totalTokens : 0,
    isFresh: judge(entry, config, now, null).freshness === "fresh",
    lastFetched: entry.fetchedAt,
  };
}

/** A sum that is known in part would mislead a reader who takes it for the whole: it has a field of its own. */
function todayOf({ today }: Spending, now: number): Pick<Billing, "costToday" | "costTodayAtLeast"> {
  const known = now < today.endsAt ? today.own : null;
  return { costToday: today.atLeast ? null : known, costTodayAtLeast: known };
}

function hourOf(hour: LastHour | null, now: number): Pick<Billing, "burnRatePerHour" | "tokensPerMinute"> {
  if (hour === null || now >= hour.at + HOUR) return { burnRatePerHour: null, tokensPerMinute: null };
  return {
    burnRatePerHour: hour.atLeast ? null : hour.usd,
    tokensPerMinute: hour.isPart ? null : hour.tokens / 60,
  };
}

interface Window {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The 5-hour window as the client reports it; ccusage's block for an account whose limits the client does not report. */
function windowOf({ block, hasLimits }: Spending, sessions: readonly Session[], world: World): Window | null {
  const now = world.now();
  const known = readEntry(world, "limits", limitsKey(sessions[0]?.profile?.id ?? "?", world))?.data;
  const { fiveHour } = newestLimits(sessions, (known ?? null) as AccountLimits | null, now);
  if (fiveHour === null) return hasLimits ? null : block;
  if (fiveHour.resetsAt === null || hasEnded(fiveHour, now)) return null;
  const endsAt = fiveHour.resetsAt * 1000;
  return { startsAt: endsAt - WINDOW, endsAt };
}

function clockOf(
  window: Window | null,
  now: number,
): Pick<Billing, "budgetRemaining" | "budgetPercentUsed" | "resetTime"> {
  if (window === null || now >= window.endsAt)
    return { budgetRemaining: 0, budgetPercentUsed: 0, resetTime: "" };
  const { startsAt, endsAt } = window;
  const passed = (now - startsAt) / (endsAt - startsAt);
  return {
    budgetRemaining: Math.round((endsAt - now) / MINUTE),
    budgetPercentUsed: Math.max(0, Math.round(100 * passed)),
    resetTime: new Date(endsAt).toISOString().slice(11, 16),
  };
}
