import { readEntry } from "../../cache/store.ts";
import { note } from "../../cache/write-entry.ts";
import type { Session } from "../../session.ts";
import { accountKey, type Share } from "../../sources/share.ts";
import type { Spending } from "../../sources/spending.ts";
import { localDate, localMidnight, localWeekday } from "../../sources/utc-offset.ts";
import type { Period } from "../../state/thresholds.ts";
import type { World } from "../../world.ts";

/** What an account has spent by local date, US dollars: the last that was seen of each day. */
type Days = Readonly<Record<string, number>>;

/** The longest period and a few days; older ones are dropped. */
const KEPT = 40;

/**
 * What the session's account has spent in each period, US dollars; null: unknown. ccusage is asked for today and the week
 * alone: the month is the sum of the days that were seen, so it is at least that much.
 * @throws system errors
 */
export function spentBy(session: Session, world: World): Record<Period, number | null> {
  const { timeZone: zone } = session;
  const now = world.now();
  const days = withToday(shareOf("today", session, world), session, world);
  const date = localDate(zone, now);
  const week = sumSince(days, localDate(zone, localMidnight(zone, now, -localWeekday(zone, now))));
  const told = shareOf("week", session, world)?.own ?? null;
  return {
    daily: days[date] ?? null,
    weekly: told === null || week === null ? (told ?? week) : Math.max(told, week),
    monthly: sumSince(days, `${date.slice(0, 7)}-01`),
  };
}

/** The account's share of a period that has not ended, from what is cached of its spending; null: unknown. */
function shareOf(period: "today" | "week", session: Session, world: World): Share | null {
  const key = accountKey("cost", session, world);
  const spending = key === null ? null : (readEntry(world, "cost", key)?.data as Spending | null | undefined);
  const share = spending?.[period] ?? null;
  return share !== null && world.now() < share.endsAt ? share : null;
}

/** The days that were seen, with today's latest sum, which is noted. */
function withToday(today: Share | null, { profile, timeZone }: Session, world: World): Days {
  if (!profile?.owner) return {};
  const key = `days:${world.configDir}:${profile.id}`;
  const known = (readEntry(world, "days", key)?.data ?? {}) as Days;
  if (today === null || today.own === null) return known;
  const date = localDate(timeZone, today.endsAt - 1);
  const days = Object.entries({ ...known, [date]: today.own }).sort(([a], [b]) => (a < b ? -1 : 1));
  const kept = Object.fromEntries(days.slice(-KEPT));
  note("days", key, kept, world);
  return kept;
}

/** @param date local, YYYY-MM-DD */
function sumSince(days: Days, date: string): number | null {
  const amounts = Object.entries(days).flatMap(([day, usd]) => (day >= date ? [usd] : []));
  return amounts.length === 0 ? null : amounts.reduce((sum, usd) => sum + usd, 0);
}
