import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { localDate, localMidnight, localWeekday, utcOffset } from "../../src/sources/utc-offset.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(text);
const iso = (time: number) => new Date(time).toISOString();

describe("the offset far from a change", () => {
  test.each([
    ["UTC", "2026-07-01T12:00:00Z", 0],
    ["Europe/Berlin", "2026-01-15T12:00:00Z", 60],
    ["Europe/Berlin", "2026-07-01T12:00:00Z", 120],
    ["America/New_York", "2026-01-15T12:00:00Z", -300],
    ["America/New_York", "2026-07-01T12:00:00Z", -240],
    ["Asia/Kolkata", "2026-07-01T12:00:00Z", 330],
    ["Australia/Lord_Howe", "2026-01-15T12:00:00Z", 660],
    ["Australia/Lord_Howe", "2026-07-01T12:00:00Z", 630],
  ])("%s at %s is %d, and no change is near", (zone, now, minutes) => {
    expect(utcOffset(zone, at(now))).toEqual({ minutes, change: null });
  });
});

describe("the next change", () => {
  const changes: [string, string, number, number][] = [
    ["Europe/Berlin", "2026-03-29T01:00:00.000Z", 60, 120],
    ["Europe/Berlin", "2026-10-25T01:00:00.000Z", 120, 60],
    ["America/New_York", "2026-03-08T07:00:00.000Z", -300, -240],
    ["America/New_York", "2026-11-01T06:00:00.000Z", -240, -300],
    ["Australia/Lord_Howe", "2026-04-04T15:00:00.000Z", 660, 630],
    ["Australia/Lord_Howe", "2026-10-03T15:30:00.000Z", 630, 660],
  ];

  test.each(changes)("of %s at %s from %d to %d is foretold to the minute", (zone, time, before, after) => {
    for (const lead of [1, 1000, HOUR, DAY, 3.3 * DAY, 7 * DAY]) {
      const { minutes, change } = utcOffset(zone, at(time) - lead);
      expect(minutes).toBe(before);
      expect(change).toEqual({ at: at(time), minutes: after });
    }
  });

  test.each(changes)("of %s at %s is over once it is there", (zone, time, _, after) => {
    expect(utcOffset(zone, at(time))).toEqual({ minutes: after, change: null });
  });

  test("of Kolkata never comes", () => {
    const year = Array.from({ length: 53 }, (_, n) => at("2026-01-01T00:00:00Z") + n * 7 * DAY);
    expect(year.filter((now) => utcOffset("Asia/Kolkata", now).change !== null)).toEqual([]);
  });
});

describe("local midnight", () => {
  test.each([
    ["UTC", "2026-07-01T12:00:00Z", 0, "2026-07-01T00:00:00.000Z"],
    ["Asia/Kolkata", "2026-07-01T20:00:00Z", 0, "2026-07-01T18:30:00.000Z"],
    ["Asia/Kolkata", "2026-07-01T18:29:59Z", 0, "2026-06-30T18:30:00.000Z"],
    // The day of 23 hours, before and after its change.
    ["Europe/Berlin", "2026-03-29T00:30:00Z", 0, "2026-03-28T23:00:00.000Z"],
    ["Europe/Berlin", "2026-03-29T12:00:00Z", 0, "2026-03-28T23:00:00.000Z"],
    ["Europe/Berlin", "2026-03-29T12:00:00Z", 1, "2026-03-29T22:00:00.000Z"],
    // The day of 25 hours.
    ["Europe/Berlin", "2026-10-25T12:00:00Z", 0, "2026-10-24T22:00:00.000Z"],
    ["Europe/Berlin", "2026-10-25T12:00:00Z", 1, "2026-10-25T23:00:00.000Z"],
    ["America/New_York", "2026-11-01T12:00:00Z", 0, "2026-11-01T04:00:00.000Z"],
    ["America/New_York", "2026-11-01T12:00:00Z", 1, "2026-11-02T05:00:00.000Z"],
    ["Australia/Lord_Howe", "2026-10-04T00:00:00Z", 0, "2026-10-03T13:30:00.000Z"],
    ["Australia/Lord_Howe", "2026-10-04T00:00:00Z", 1, "2026-10-04T13:00:00.000Z"],
    // Over the ends of months and years.
    ["UTC", "2026-12-31T12:00:00Z", 1, "2027-01-01T00:00:00.000Z"],
    ["UTC", "2026-03-01T12:00:00Z", -1, "2026-02-28T00:00:00.000Z"],
    // The day begins at one o'clock.
    ["America/Santiago", "2026-09-06T12:00:00Z", 0, "2026-09-06T04:00:00.000Z"],
  ])("of %s at %s, %d days on, is %s", (zone, now, days, expected) => {
    expect(iso(localMidnight(zone, at(now), days))).toBe(expected);
  });
});

test.each([
  ["Europe/Berlin", "2026-03-28T22:59:59Z", "2026-03-28", 5],
  ["Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29", 6],
  ["Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-25", 6],
  ["Europe/Berlin", "2026-10-25T23:00:00Z", "2026-10-26", 0],
  ["America/New_York", "2026-01-01T04:59:59Z", "2025-12-31", 2],
  ["Asia/Kolkata", "2026-06-30T18:30:00Z", "2026-07-01", 2],
])("in %s, %s is on %s, day %d of the week", (zone, now, date, weekday) => {
  expect(localDate(zone, at(now))).toBe(date);
  expect(localWeekday(zone, at(now))).toBe(weekday);
});

describe("the process's own zone", () => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.TZ;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  const now = at("2026-07-01T12:00:00Z");
  const ask = [
    () => utcOffset("Europe/Berlin", now),
    () => localMidnight("Europe/Berlin", now),
    () => localDate("Europe/Berlin", now),
    () => localWeekday("Europe/Berlin", now),
  ];

  test("is what it was", () => {
    process.env.TZ = "Asia/Tokyo";
    for (const question of ask) {
      question();
      expect(process.env.TZ).toBe("Asia/Tokyo");
      expect(new Date(now).getTimezoneOffset()).toBe(-540);
    }
  });

  test("is unset again where it was unset", () => {
    delete process.env.TZ;
    const offset = new Date(now).getTimezoneOffset();
    for (const question of ask) {
      question();
      expect("TZ" in process.env).toBe(false);
      expect(new Date(now).getTimezoneOffset()).toBe(offset);
    }
  });

  test("is what it was after an error", () => {
    process.env.TZ = "Asia/Tokyo";
    expect(() => localDate("Europe/Berlin", Number.NaN)).toThrow(RangeError);
    expect(process.env.TZ).toBe("Asia/Tokyo");
    expect(new Date(now).getTimezoneOffset()).toBe(-540);
  });
});
