import type { ModuleConfig } from "../module.ts";
import type { Session } from "../session.ts";
import { accountKey } from "../sources/share.ts";
import type { Spending } from "../sources/spending.ts";
import type { Billing } from "../state/schema.ts";
import type { World } from "../world.ts";
import { readEntry } from "./cache.ts";
import { judge } from "./entry.ts";

const MINUTE = 60_000;

/**
 * An account's billing in the words of `runtime-state.yaml`, or null while ccusage has not told.
 * @param config how the module `cost` is configured
 */
export function billingOf(config: ModuleConfig, session: Session, world: World): Billing | null {
  const key = accountKey("cost", session, world);
  const entry = key === null ? null : readEntry(world, "cost", key);
  if (entry === null || entry.data === null) return null;
  const now = world.now();
  const { today, block } = entry.data as Spending;
  const current = block !== null && now < block.endsAt ? block : null;
  const left = current === null ? 0 : current.endsAt - now;
  const length = current === null ? 1 : current.endsAt - current.startsAt;
  return {
    costToday: now < today.endsAt ? today.own : 0,
    burnRatePerHour: current === null ? 0 : current.burnRateUsdPerHour,
    budgetRemaining: Math.round(left / MINUTE),
    budgetPercentUsed: current === null ? 0 : Math.round((100 * (length - left)) / length),
    resetTime: current === null ? "" : new Date(current.endsAt).toISOString().slice(11, 16),
    totalTokens: current?.totalTokens ?? 0,
    tokensPerMinute: current?.tokensPerMinute ?? null,
    isFresh: judge(entry, config, now, null).freshness === "fresh",
    lastFetched: entry.fetchedAt,
  };
}
