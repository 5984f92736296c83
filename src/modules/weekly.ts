import { tokens, usd } from "../lib/quantity.ts";
import type { StatusModule } from "../module.ts";

/** This week's use of an account, Monday to Sunday. Money in US dollars; null where no price is known. */
interface Week {
  readonly costUsd: number | null;
  readonly totalTokens: number;
  /** Local midnight at its end, epoch ms. */
  readonly endsAt: number;
}

/** This week's cost and tokens, Monday first. */
export const weekly: StatusModule<Week | "pending", Week> = {
  moduleId: "weekly",
  description: "this week's cost and tokens",
  config: {
    refreshInterval: 300_000,
    cacheTTL: 3_600_000,
    stalenessThreshold: 7_200_000,
    timeout: 35_000,
    maxRetries: 1,
    retryBackoff: 30_000,
  },
  schema: (t) =>
    t.Object({
      costUsd: t.Union([t.Number({ minimum: 0 }), t.Null()]),
      totalTokens: t.Number({ minimum: 0 }),
      endsAt: t.Number(),
    }),
  key: (session, world) => `weekly:${world.configDir}:${session.timeZone}`,
  async fetch(session, world, signal) {
    const [{ findCcusage, weeks }, local] = await Promise.all([
      import("../sources/ccusage.ts"),
      import("../sources/utc-offset.ts"),
    ]);
    const zone = session.timeZone;
    const startsAt = local.localMidnight(zone, world.now(), -local.localWeekday(zone, world.now()));
    const start = local.localDate(zone, startsAt);
    const asking = { program: await findCcusage(world), world, timeout: weekly.config.timeout, signal };
    const all = await weeks(start.replaceAll("-", ""), asking);
    const week = all.find((each) => each.start === start) ?? { costUsd: 0, totalTokens: 0 };
    return {
      costUsd: week.costUsd,
      totalTokens: week.totalTokens,
      endsAt: local.localMidnight(zone, startsAt, 7),
    };
  },
  read(_session, world, week) {
    if (week === null || week === "pending") return week;
    return world.now() < week.endsAt ? week : null;
  },
  format(week) {
    if (week === "pending") return [[{ text: "… week", tone: "muted" }]];
    const money = { text: week.costUsd === null ? "–" : usd(week.costUsd), tone: "plain" } as const;
    return [
      [money, { text: ` week · ${tokens(week.totalTokens)} tokens`, tone: "muted" }],
      [money, { text: " week", tone: "muted" }],
    ];
  },
};
