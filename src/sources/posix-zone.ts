/** A time of the year at which the offset changes. */
interface Change {
  /** Day of the year, 0 to 365, in a given year. */
  readonly dayIn: (year: number) => number;
  /** Seconds of local time after midnight; may be negative, or more than a day. */
  readonly seconds: number;
}

/** A time zone by its rules: minutes to add to UTC. */
export interface PosixZone {
  offsetAt(time: number): number;
}

const DAY = 86_400;
const HOUR = 3600;

// std offset [dst [offset] [,start[/time],end[/time]]]: POSIX.1-2024, 8.3 "Other Environment Variables", TZ.
const NAME = "(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)";
const TIME = "[+-]?\\d{1,3}(?::\\d{1,2}){0,2}";
const DATE = "(?:M\\d{1,2}\\.[1-5]\\.[0-6]|J?\\d{1,3})";
const SYNTAX = new RegExp(
  `^${NAME}(${TIME})(?:(${NAME})(${TIME})?(?:,(${DATE})(?:/(${TIME}))?,(${DATE})(?:/(${TIME}))?)?)?$`,
);
/** What `dst` without rules means, in the C library and in the time zone database: the United States' since 2007. */
const [START, END] = ["M3.2.0", "M11.1.0"];

/** Reads `TZ` as POSIX rules, such as `EST5EDT,M3.2.0,M11.1.0` or `<+0330>-3:30`; null when it is a name. */
export function posixZone(text: string): PosixZone | null {
  const found = SYNTAX.exec(text);
  if (found === null) return null;
  const [, west = "", summer, summerWest, start = START, startTime, end = END, endTime] = found;
  const standard = 0 - secondsOf(west);
  if (summer === undefined) return { offsetAt: () => Math.round(standard / 60) };
  const daylight = summerWest === undefined ? standard + HOUR : 0 - secondsOf(summerWest);
  const [begins, ends] = [changeOf(start, startTime), changeOf(end, endTime)];
  return {
    offsetAt(time) {
      const seconds = Math.floor(time / 1000);
      const year = new Date((seconds + standard) * 1000).getUTCFullYear();
      const from = instantOf(begins, year) - standard;
      const to = instantOf(ends, year) - daylight;
      const isDaylight = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to;
      return Math.round((isDaylight ? daylight : standard) / 60);
    },
  };
}

/** Seconds of `[+-]hh[:mm[:ss]]`. */
function secondsOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, "").split(":").map(Number);
  const amount = hours * HOUR + minutes * 60 + seconds;
  return text.startsWith("-") ? -amount : amount;
}

function changeOf(date: string, time = "2"): Change {
  return { dayIn: dayOf(date), seconds: secondsOf(time) };
}

function instantOf({ dayIn, seconds }: Change, year: number): number {
  return Date.UTC(year, 0, 1) / 1000 + dayIn(year) * DAY + seconds;
}

/** `Mm.w.d`: day d of week w (5: the last) of month m; `Jn`: day 1 to 365 without 29 February; `n`: day 0 to 365. */
function dayOf(date: string): Change["dayIn"] {
  if (date.startsWith("M")) {
    const [month = 1, week = 1, day = 0] = date.slice(1).split(".").map(Number);
    return (year) => dayOfWeekRule(year, month, week, day);
  }
  const isJulian = date.startsWith("J");
  const n = Number(date.replace("J", ""));
  return (year) => (isJulian ? n - 1 + (isLeap(year) && n >= 60 ? 1 : 0) : n);
}

function dayOfWeekRule(year: number, month: number, week: number, day: number): number {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  let date = 1 + ((day - first.getUTCDay() + 7) % 7) + (week - 1) * 7;
  if (date > days) date -= 7;
  return (Date.UTC(year, month - 1, date) - Date.UTC(year, 0, 1)) / (DAY * 1000);
}

function isLeap(year: number): boolean {
  return new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
}
