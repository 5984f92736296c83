import type { Asking } from "../module.ts";
import type { Session } from "../session.ts";
import { carriedBy } from "./carried.ts";
import { blocks, days, findCcusage } from "./ccusage.ts";
import { type Day, sumOf, type Use } from "./ccusage-report.ts";
import { lastHour, samplesOf, withSample } from "./last-hour.ts";
import { shareOf } from "./share.ts";
import type { Spending } from "./spending.ts";
import { localDate, localMidnight, localWeekday, utcOffset, zoneName } from "./utc-offset.ts";

/** The periods that money is counted for, by local time; epoch ms. */
interface Calendar {
  readonly yesterday: number;
  readonly today: { readonly startsAt: number; readonly endsAt: number };
  readonly week: { readonly startsAt: number; readonly endsAt: number };
}

/**
 * Asks ccusage for the days of this week and for the blocks, and works out what is the account's.
 * @throws Error when ccusage cannot be asked or its answer cannot be read
 */
export async function fetchSpending(asking: Asking<Spending>): Promise<Spending> {
  const { session, sessions, world, before } = asking;
  const zone = session.timeZone;
  const since = session.profile?.since ?? null;
  const now = world.now();
  const calendar = calendarOf(zone, now);
  const { all, rows } = await reports(asking, calendar);
  const dateOf = (time: number) => localDate(zone, time);
  const on = (date: string) => sumOf(rows.filter((row) => row.date === date));
  const [today, yesterday] = [on(dateOf(now)), on(dateOf(calendar.yesterday))];
  const week = sumOf(rows.filter(({ date }) => date >= dateOf(calendar.week.startsAt)));
  const money = ({ usd, atLeast }: Use) => ({ amount: usd, atLeast });
  const flow = ({ tokens }: Use) => ({ amount: tokens, atLeast: false });
  const share = shareOf(money(today), calendar.today, since, before?.today ?? null);
  const tokens = shareOf(flow(today), calendar.today, since, before?.todayTokens ?? null);
  const samples = samplesOf(share, before, ownOf(yesterday, before), now);
  const sample = { at: now, usd: share.own, tokens: tokens.own ?? 0 };
  const sessionsSince = Math.max(calendar.today.startsAt, since ?? 0);
  const known = before && { carried: before.carried, startsAt: before.today.startsAt };
  return {
    today: share,
    todayTokens: tokens,
    week: shareOf(money(week), calendar.week, since, before?.week ?? null),
    weekTokens: shareOf(flow(week), calendar.week, since, before?.weekTokens ?? null),
    block: blockOf(all, since, zone),
    hasLimits: hasLimits(sessions, before),
    lastHour: lastHour({ ...sample, atLeast: share.atLeast }, samples, all, since),
    samples: withSample(samples, sample),
    carried: await carriedBy(sessions, sessionsSince, calendar.today.startsAt, known, world),
    doubts: [...new Set([...all, ...rows].flatMap(({ doubts }) => doubts))],
  };
}

function calendarOf(zone: string, now: number): Calendar {
  const monday = -localWeekday(zone, now);
  const day = (days: number) => localMidnight(zone, now, days);
  return {
    yesterday: day(-1),
    today: { startsAt: day(0), endsAt: day(1) },
    week: { startsAt: day(monday), endsAt: day(monday + 7) },
  };
}

/** All blocks that began yesterday or later, and all days of the week, yesterday at least. */
async function reports({ session, world, signal, settings }: Asking, { yesterday, week }: Calendar) {
  const asking = { program: await findCcusage(world), world, timeout: settings.timeout, signal };
  const from = (time: number) => ({
    since: localDate(session.timeZone, time).replaceAll("-", ""),
    zone: zoneName(session.timeZone, time),
  });
  const rows = await days(from(Math.min(yesterday, week.startsAt)), asking);
  const unpriced = new Set(rows.flatMap((row: Day) => row.unpriced));
  // One after the other: an older ccusage takes up to 2 GB for a long history.
  const all = await blocks(from(yesterday), asking);
  return {
    rows,
    all: all.map((block) => ({
      ...block,
      atLeast: block.atLeast || block.models.some((each) => unpriced.has(each)),
    })),
  };
}

/** What an account used on the day that has ended: all but what others had used when it was last counted. */
function ownOf({ usd, tokens }: Use, before: Spending | null): { usd: number | null; tokens: number } {
  const [others, othersTokens] = [before?.today.others ?? 0, before?.todayTokens.others ?? 0];
  return { usd: usd === null ? null : Math.max(0, usd - others), tokens: Math.max(0, tokens - othersTokens) };
}

/** The active block; one that another account began is not this account's. */
function blockOf(
  all: Awaited<ReturnType<typeof blocks>>,
  since: number | null,
  zone: string,
): Spending["block"] {
  const active = all.find(({ isActive, startsAt }) => isActive && startsAt >= (since ?? 0));
  if (active === undefined) return null;
  const { startsAt, endsAt, tokens } = active;
  const localEnd = endsAt + utcOffset(zone, endsAt).minutes * 60_000;
  return { startsAt, endsAt, totalTokens: tokens, resetTime: new Date(localEnd).toISOString().slice(11, 16) };
}

/** Whether the account's sessions report limits; one that has not worked yet may not report them yet. */
function hasLimits(sessions: readonly Session[], before: Spending | null): boolean {
  if (sessions.some(({ limitsAt }) => typeof limitsAt === "number")) return true;
  return sessions.some(({ limitsAt }) => limitsAt === "none") ? false : (before?.hasLimits ?? false);
}
