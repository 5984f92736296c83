import type { Block, BlockCost } from "./ccusage.ts";
import type { Share } from "./share.ts";

/** An account's spending, from `ccusage blocks`. Money in US dollars; null where no price is known. */
export interface Spending {
  /** Ends at local midnight: after that it is yesterday's. */
  readonly today: Share;
  /** A block that began before midnight is in it by its share of time. */
  readonly estimated: boolean;
  readonly block: (Block & { /** Local time of its end, HH:MM. */ readonly resetTime: string }) | null;
}

/** What was spent since `startsAt`; a block that reaches over it counts by the share of its time after it. */
export function spentSince(
  startsAt: number,
  all: readonly BlockCost[],
): { usd: number | null; estimated: boolean } {
  let sum = 0;
  let estimated = false;
  for (const block of all) {
    if (block.lastUsedAt < startsAt) continue;
    if (block.costUsd === null) return { usd: null, estimated: false };
    const span = block.lastUsedAt - block.startsAt;
    const reachesOver = block.startsAt < startsAt && span > 0;
    sum += reachesOver ? (block.costUsd * (block.lastUsedAt - startsAt)) / span : block.costUsd;
    estimated ||= reachesOver;
  }
  return { usd: sum, estimated };
}
