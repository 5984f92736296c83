import { min } from "../lib/number.ts";
import { usd } from "../lib/quantity.ts";
import type { Fetched, Form, StatusModule } from "../module.ts";
import { accountKey, shareOf, shareSchema } from "../sources/share.ts";
import { type Spending, spentSince } from "../sources/spending.ts";

interface Cost {
  readonly sessionUsd: number | null;
  readonly account: Fetched<{
    readonly todayUsd: number | null;
    readonly estimated: boolean;
    readonly burnRateUsdPerHour: number | null;
    /** When the day or the block ends, epoch ms. */
    readonly endsAt: number;
  }>;
}

/** Cost of the session and of today, and how fast money is spent now. */
export const cost: StatusModule<Cost, Spending> = {
  moduleId: "cost",
  description: "cost of the session and of today, burn rate",
  icons: ["💰", "\uf155", ""],
  uses: ["cost", "profile", "timeZone"],
  config: {
    refreshInterval: 180_000,
    cacheTTL: 900_000,
    stalenessThreshold: 3_600_000,
    timeout: 35_000,
    maxRetries: 1,
    retryBackoff: 30_000,
    maxConcurrent: 1,
  },
  schema: (t) => {
    const amount = t.Union([t.Number({ minimum: 0 }), t.Null()]);
    return t.Object({
      today: shareSchema(t),
      estimated: t.Boolean(),
      block: t.Union([
        t.Object({
          startsAt: t.Number(),
          endsAt: t.Number(),
          costUsd: amount,
          totalTokens: t.Number({ minimum: 0 }),
          burnRateUsdPerHour: amount,
          tokensPerMinute: amount,
          resetTime: t.String({ pattern: "^\\d\\d:\\d\\d$" }),
        }),
        t.Null(),
      ]),
    });
  },
  key: (session, world) => accountKey("cost", session, world),
  async fetch({ session, world, signal, settings, before }) {
    const [{ findCcusage, blocks }, local] = await Promise.all([
      import("../sources/ccusage.ts"),
      import("../sources/utc-offset.ts"),
    ]);
    const zone = session.timeZone;
    const startsAt = local.localMidnight(zone, world.now());
    // A block that began up to five hours before midnight reaches into today.
    const yesterday = local.localDate(zone, startsAt - 1).replaceAll("-", "");
    const asking = { program: await findCcusage(world), world, timeout: settings.timeout, signal };
    const { all, active } = await blocks(yesterday, asking);
    const { usd, estimated } = spentSince(startsAt, all);
    const period = { startsAt, endsAt: local.localMidnight(zone, startsAt, 1) };
    const since = session.profile?.since ?? null;
    // A block that another account began is not this account's.
    const block = active !== null && active.startsAt >= (since ?? 0) ? active : null;
    const offset = block === null ? 0 : local.utcOffset(zone, block.endsAt).minutes;
    return {
      today: shareOf(usd, period, since, before?.today ?? null),
      estimated,
      block: block && { ...block, resetTime: clock(block.endsAt + offset * 60_000) },
    };
  },
  validate(spending) {
    const { burnRateUsdPerHour: money = null, tokensPerMinute: flow = null } = spending.block ?? {};
    const fits = money === null || flow === null || money > 0 === flow > 0;
    const warnings = fits
      ? []
      : [`cost: a burn rate of ${money} US dollars an hour does not go with ${flow} tokens a minute`];
    return { valid: true, errors: [], warnings, sanitized: spending };
  },
  read(session, world, spending) {
    const sessionUsd = session.cost.totalUsd;
    if (spending === null && sessionUsd === null) return null;
    if (spending === null || spending === "pending") return { sessionUsd, account: spending };
    const now = world.now();
    const { today, estimated, block } = spending;
    return {
      sessionUsd,
      account: {
        todayUsd: now < today.endsAt ? today.own : null,
        estimated,
        burnRateUsdPerHour: block !== null && now < block.endsAt ? block.burnRateUsdPerHour : null,
        endsAt: min(later(today.endsAt, now), later(block?.endsAt ?? 0, now)),
      },
    };
  },
  until: ({ account }) => (account === null || account === "pending" ? Infinity : account.endsAt),
  format({ sessionUsd, account }) {
    const session = labelled(sessionUsd === null ? "–" : usd(sessionUsd), "session");
    if (account === null) return [session];
    if (account === "pending") return [[...session, { text: "  … today", tone: "muted" }], session];
    const { todayUsd, estimated, burnRateUsdPerHour } = account;
    const today = labelled(todayUsd === null ? "–" : `${estimated ? "~" : ""}${usd(todayUsd)}`, "today");
    const both: Form = [...session, BLANK, ...today];
    const forms: Form[] = [both, [{ text: sessionUsd === null ? "–" : usd(sessionUsd), tone: "plain" }]];
    if (burnRateUsdPerHour) forms.unshift([...both, BLANK, ...labelled(usd(burnRateUsdPerHour), "/h", "")]);
    return forms;
  },
};

const BLANK = { text: "  ", tone: "plain" } as const;

/** A time that has not come yet; one that has changes nothing any more. */
const later = (time: number, now: number) => (time > now ? time : Infinity);

const clock = (time: number) => new Date(time).toISOString().slice(11, 16);

const labelled = (value: string, label: string, gap = " "): Form => [
  { text: value, tone: "plain" },
  { text: `${gap}${label}`, tone: "muted" },
];
