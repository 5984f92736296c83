import { tokens, usd } from "../lib/quantity.ts";
import type { StatusModule } from "../module.ts";
import { accountKey, type Share, shareOf, shareSchema } from "../sources/share.ts";

/** This week's use of an account, Monday to Sunday: US dollars (null where no price is known), and tokens. */
interface Week {
  readonly cost: Share;
  readonly tokens: Share;
}

/** This week's cost and tokens, Monday first. */
export const weekly: StatusModule<Week | "pending", Week> = {
  moduleId: "weekly",
  description: "this week's cost and tokens",
  icons: ["📊", "\uf080", ""],
  uses: ["profile", "timeZone"],
  config: {
    refreshInterval: 300_000,
    cacheTTL: 3_600_000,
    stalenessThreshold: 7_200_000,
    timeout: 35_000,
    maxRetries: 1,
    retryBackoff: 30_000,
    maxConcurrent: 1,
  },
  schema: (t) => t.Object({ cost: shareSchema(t), tokens: shareSchema(t) }),
  key: (session, world) => accountKey("weekly", session, world),
  async fetch({ session, world, signal, settings, before }) {
    const [{ findCcusage, weeks }, local] = await Promise.all([
      import("../sources/ccusage.ts"),
      import("../sources/utc-offset.ts"),
    ]);
    const zone = session.timeZone;
    const startsAt = local.localMidnight(zone, world.now(), -local.localWeekday(zone, world.now()));
    const start = local.localDate(zone, startsAt);
    const asking = { program: await findCcusage(world), world, timeout: settings.timeout, signal };
    const all = await weeks(start.replaceAll("-", ""), asking);
    const week = all.find((each) => each.start === start) ?? { costUsd: 0, totalTokens: 0 };
    const period = { startsAt, endsAt: local.localMidnight(zone, startsAt, 7) };
    const since = session.profile?.since ?? null;
    return {
      cost: shareOf(week.costUsd, period, since, before?.cost ?? null),
      tokens: shareOf(week.totalTokens, period, since, before?.tokens ?? null),
    };
  },
  read(_session, world, week) {
    if (week === null || week === "pending") return week;
    return world.now() < week.cost.endsAt ? week : null;
  },
  until: (week) => (week === "pending" ? Infinity : week.cost.endsAt),
  format(week) {
    if (week === "pending") return [[{ text: "… week", tone: "muted" }]];
    const money = { text: week.cost.own === null ? "–" : usd(week.cost.own), tone: "plain" } as const;
    return [
      [
        money,
        { text: ` week · ${week.tokens.own === null ? "–" : tokens(week.tokens.own)} tokens`, tone: "muted" },
      ],
      [money, { text: " week", tone: "muted" }],
    ];
  },
};
