/** Offset of local time to UTC in minutes, and when it changes next (daylight saving). */
export interface UtcOffset {
  readonly minutes: number;
  readonly change: { readonly at: number; readonly minutes: number } | null;
}

const DAY = 86_400_000;

/**
 * Works out the offset of a time zone. Costs some 5 ms of start-up in Bun, therefore never on the render path.
 * @param zone value of `TZ`, or "" for the system's zone
 */
export function utcOffset(zone: string, now: number): UtcOffset {
  return inZone(zone, () => {
    const minutes = offsetAt(now);
    const day =
      Array.from({ length: 8 }, (_, n) => now + n * DAY).findLast((at) => offsetAt(at) === minutes) ?? now;
    const next = offsetAt(day + DAY);
    return {
      minutes,
      change: next === minutes ? null : { at: changeBetween(day, day + DAY), minutes: next },
    };
  });
}

/** Local midnight (epoch ms) at the start of the day that lies `days` from the day of `now`. */
export function localMidnight(zone: string, now: number, days = 0): number {
  return inZone(zone, () => {
    const date = new Date(now);
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
  });
}

/** IANA name of the zone, for programs that are given one: `TZ` may hold what they read otherwise. */
export function zoneName(zone: string): string {
  return inZone(zone, () => new Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** Day of the week of `now`, Monday = 0. */
export function localWeekday(zone: string, now: number): number {
  return inZone(zone, () => (new Date(now).getDay() + 6) % 7);
}

/** Local date of `now`, `YYYY-MM-DD`. */
export function localDate(zone: string, now: number): string {
  return inZone(zone, () =>
    new Date(now - new Date(now).getTimezoneOffset() * 60_000).toISOString().slice(0, 10),
  );
}

const offsetAt = (time: number) => 0 - new Date(time).getTimezoneOffset();

/** First minute at which the offset is that of `to`; between `from` and `to` it changes once. */
function changeBetween(from: number, to: number): number {
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
