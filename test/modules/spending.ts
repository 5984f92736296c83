import type { Spending } from "../../src/sources/spending.ts";
import { HOUR, NOW } from "./shown.ts";

/** A share of a period that ends so many milliseconds from now. */
export const share = (own: number | null, left = HOUR, atLeast = false) => ({
  own,
  others: 0,
  atLeast,
  since: null,
  startsAt: NOW + left - 24 * HOUR,
  endsAt: NOW + left,
});

/** What an account has spent: $7 today, $12.50 in the week, $2 in the last hour, nothing in a block. */
export const spending = (changes: Partial<Spending> = {}): Spending => ({
  today: share(7),
  todayTokens: share(1000),
  week: share(12.5),
  weekTokens: share(1_500_000),
  block: null,
  hasLimits: false,
  lastHour: { at: NOW - 60_000, usd: 2, tokens: 600, atLeast: false, isPart: false },
  samples: [],
  carried: {},
  doubts: [],
  ...changes,
});
