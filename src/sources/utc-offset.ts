import { posixZone } from "./posix-zone.ts";

/** Offset of local time to UTC in minutes, and when it changes next (daylight saving). */
export interface UtcOffset {
  readonly minutes: number;
  readonly change: { readonly at: number; readonly minutes: number } | null;
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * Works out the offset of a time zone. Costs some 5 ms of start-up in Bun, therefore never on the render path.
 * @param zone value of `TZ`, or "" for the system's zone
 */
export function utcOffset(zone: string, now: number): UtcOffset {
  return withOffsets(zone, (offsetAt) => {
    const minutes = offsetAt(now);
    const days = Array.from({ length: 8 }, (_, n) => now + n * DAY);
    const day = days.findLast((at) => offsetAt(at) === minutes) ?? now;
    const next = offsetAt(day + DAY);
    if (next === minutes) return { minutes, change: null };
    return { minutes, change: { at: changeBetween(day, day + DAY, offsetAt), minutes: next } };
  });
}

/** Local midnight (epoch ms) at the start of the day that lies `days` from the day of `now`. */
export function localMidnight(zone: string, now: number, days = 0): number {
  const rules = posixZone(zone);
  if (rules === null)
    return inZone(zone, () => {
      const date = new Date(now);
      return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
    });
  const offset = rules.offsetAt(now) * MINUTE;
  const midnight = Math.floor((now + offset) / DAY) * DAY + days * DAY;
  // The offset at that moment may be another than now.
  return midnight - rules.offsetAt(midnight - offset) * MINUTE;
}

/**
 * Name of the zone for other programs, which may not read all that `TZ` can hold: an IANA name, or the present offset such as
 * `+03:30` where a zone has rules of its own.
 */
export function zoneName(zone: string, now: number): string {
  const rules = posixZone(zone);
  if (rules === null) return inZone(zone, () => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const minutes = rules.offsetAt(now);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (amount: number) => String(amount).padStart(2, "0");
  return minutes === 0 ? "UTC" : `${minutes < 0 ? "-" : "+"}${two(hours)}:${two(rest)}`;
}

/** Day of the week of `now`, Monday = 0. */
export function localWeekday(zone: string, now: number): number {
  return (localTime(zone, now).getUTCDay() + 6) % 7;
}

/** Local date of `now`, `YYYY-MM-DD`. */
export function localDate(zone: string, now: number): string {
  return localTime(zone, now).toISOString().slice(0, 10);
}

/** Local time, as if it were UTC. */
function localTime(zone: string, now: number): Date {
  return withOffsets(zone, (offsetAt) => new Date(now + offsetAt(now) * MINUTE));
}

/** Minutes from UTC at a time. */
type OffsetAt = (time: number) => number;

/** Bun knows the zones of the time zone database only; for any other text it keeps the zone that it had. */
function withOffsets<Result>(zone: string, work: (offsetAt: OffsetAt) => Result): Result {
  const rules = posixZone(zone);
  if (rules !== null) return work(rules.offsetAt);
  return inZone(zone, () => work((time) => 0 - new Date(time).getTimezoneOffset()));
}

/** First minute at which the offset is that of `to`; between `from` and `to` it changes once. */
function changeBetween(from: number, to: number, offsetAt: OffsetAt): number {
  let [before, after] = [from, to];
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2);
    if (offsetAt(middle) === offsetAt(to)) after = middle;
    else before = middle;
  }
  return Math.floor(after / 60_000) * 60_000;
}

/** Bun follows changes of `TZ` at once; nothing may wait between the two assignments. */
function inZone<Result>(zone: string, work: () => Result): Result {
  const before = process.env.TZ;
  if (zone === (before ?? "")) return work();
  try {
    setZone(zone);
    return work();
  } finally {
    setZone(before ?? "");
  }
}

function setZone(zone: string): void {
  if (zone === "") delete process.env.TZ;
  else process.env.TZ = zone;
}
