import { describe, expect, test } from "bun:test";
import { posixZone } from "../../src/sources/posix-zone.ts";
import { localDate, localMidnight, localWeekday, utcOffset, zoneName } from "../../src/sources/utc-offset.ts";

const at = (text: string) => Date.parse(text);
const iso = (time: number) => new Date(time).toISOString();

describe("the offset of a zone with rules", () => {
  test.each<[string, string, number]>([
    ["EST5EDT,M3.2.0,M11.1.0", "2026-01-15T12:00:00Z", -300],
    ["EST5EDT,M3.2.0,M11.1.0", "2026-07-01T12:00:00Z", -240],
    ["EST5EDT", "2026-07-01T12:00:00Z", -240],
    ["<+0330>-3:30", "2026-07-01T12:00:00Z", 210],
    ["UTC0", "2026-07-01T12:00:00Z", 0],
    ["NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-01-15T12:00:00Z", 780],
    ["NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-07-01T12:00:00Z", 720],
    ["IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-15T12:00:00Z", 0],
    ["IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-15T12:00:00Z", 60],
    ["AAA-1BBB,J60/0,J300/0", "2024-02-29T12:00:00Z", 60],
    ["AAA-1BBB,J60/0,J300/0", "2024-03-01T12:00:00Z", 120],
    ["AAA-1BBB,59/0,300/0", "2024-02-29T12:00:00Z", 120],
    ["<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-07-01T12:00:00Z", -60],
  ])("%s at %s: %i minutes", (zone, time, minutes) => {
    expect(posixZone(zone)?.offsetAt(at(time))).toBe(minutes);
  });

  test.each([
    "Europe/Berlin",
    "UTC",
    "",
    "EST",
    "EST5EDT,M3",
    "EST5EDT,M3.2.9,M11.1.0",
    "../../etc/passwd",
  ])("%j has none", (zone) => {
    expect(posixZone(zone)).toBeNull();
  });
});

test("rules and the time zone database agree, in every hour of the days around the changes of eight years", () => {
  const pairs = [
    ["EST5EDT,M3.2.0,M11.1.0", "America/New_York"],
    ["CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"],
    ["AEST-10AEDT,M10.1.0,M4.1.0/3", "Australia/Sydney"],
    ["<-04>4<-03>,M9.1.6/24,M4.1.6/24", "America/Santiago"],
  ] as const;
  for (const [rules, name] of pairs)
    for (let year = 2024; year < 2032; year++)
      for (const month of [3, 4, 9, 10, 11]) {
        const start = Date.UTC(year, month - 1, 1);
        for (let hour = 0; hour < 31 * 24; hour++) {
          const time = start + hour * 3_600_000;
          const minutes = posixZone(rules)?.offsetAt(time) ?? Number.NaN;
          if (minutes !== byName(name, time)) expect([rules, iso(time), minutes]).toEqual([rules, name, 0]);
        }
      }
});

/** The offset in the time zone database. */
const formats = new Map<string, Intl.DateTimeFormat>();
function byName(timeZone: string, time: number): number {
  const options = { timeZone, timeZoneName: "longOffset" } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", options);
  formats.set(timeZone, format);
  const text = format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

test("days, dates and the next change follow the rules", () => {
  const zone = "EST5EDT,M3.2.0,M11.1.0";
  const now = at("2026-03-08T12:00:00Z");
  expect(iso(localMidnight(zone, now))).toBe("2026-03-08T05:00:00.000Z");
  expect(iso(localMidnight(zone, now, 1))).toBe("2026-03-09T04:00:00.000Z");
  expect([localWeekday(zone, now), localDate(zone, at("2026-03-08T03:00:00Z"))]).toEqual([6, "2026-03-07"]);
  expect(utcOffset(zone, at("2026-03-07T12:00:00Z")).change).toEqual({
    at: at("2026-03-08T07:00:00Z"),
    minutes: -240,
  });
  expect([zoneName(zone, now), zoneName("<+0330>-3:30", now), zoneName("UTC0", now)]).toEqual([
    "-04:00",
    "+03:30",
    "UTC",
  ]);
});
