import { defineBorrowed } from "../define-module.ts";
import { tokens } from "../lib/quantity.ts";
import { accountKey } from "../sources/share.ts";
import { spendingSchema, sumText, unseenBy } from "../sources/spending.ts";

/** This week's use of an account, Monday to Sunday. */
interface Week {
  readonly cost: string;
  readonly tokens: number | null;
  readonly endsAt: number;
}

/** This week's cost and tokens, Monday first. */
export const weekly = defineBorrowed({
  moduleId: "weekly",
  description: "this week's cost and tokens",
  icons: ["📊", "\uf080", ""],
  uses: ["sessionId", "firstSeen", "cost", "profile", "timeZone"],
  config: {
    refreshInterval: 300_000,
    cacheTTL: 3_600_000,
    stalenessThreshold: 7_200_000,
    timeout: 35_000,
    maxRetries: 1,
    retryBackoff: 30_000,
    maxConcurrent: 1,
  },
  cachedBy: "cost",
  schema: spendingSchema,
  key: (session, world) => accountKey("cost", session, world),
  read(session, world, spending): Week | "pending" | null {
    if (spending === null || spending === "pending") return spending;
    const { today, week, weekTokens } = spending;
    const now = world.now();
    if (now >= week.endsAt) return null;
    const unseen = now < today.endsAt ? unseenBy(session, spending) : 0;
    return {
      cost: sumText(week, unseen),
      tokens: weekTokens.own,
      endsAt: now < today.endsAt ? Math.min(today.endsAt, week.endsAt) : week.endsAt,
    };
  },
  until: (week) => (week === "pending" ? Infinity : week.endsAt),
  format(week) {
    if (week === "pending") return [[{ text: "… week", tone: "muted" }]];
    const money = { text: week.cost, tone: "plain" } as const;
    const flow = week.tokens === null ? "–" : tokens(week.tokens);
    return [
      [money, { text: ` week · ${flow} tokens`, tone: "muted" }],
      [money, { text: " week", tone: "muted" }],
    ];
  },
});
