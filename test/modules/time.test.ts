import { describe, expect, test } from "bun:test";
import { time } from "../../src/modules/time.ts";
import { parseSession } from "../../src/parse-session.ts";
import { NOW, settingsFor, shown, worldAt } from "./shown.ts";

describe("time", () => {
  const offset = { minutes: 120, change: { at: Date.parse("2026-10-25T01:00:00Z"), minutes: 60 } };
  test.each([
    ["2026-10-25T00:59:00Z", "02:59"],
    ["2026-10-25T01:00:00Z", "02:00"],
    ["2026-10-25T23:30:00Z", "00:30"],
  ])("%s reads %s in Berlin", (now, text) => {
    expect(shown(time, {}, offset, worldAt(Date.parse(now)))).toEqual([text]);
  });
  test.each([
    ["America/New_York", -240, "08:00"],
    ["Asia/Kolkata", 330, "17:30"],
    ["Pacific/Kiritimati", 840, "02:00"],
  ])("in %s, at %i minutes, noon of UTC reads %s", (_, minutes, text) => {
    expect(shown(time, {}, { minutes, change: null })).toEqual([text]);
  });
  test("is left out until the offset is known, and where it cannot be", () => {
    expect(shown(time, {}, "pending")).toEqual([]);
    expect(shown(time, {}, null)).toEqual([]);
  });
  test("sessions of another zone have another offset", () => {
    const key = (TZ: string) => time.key?.(parseSession("{}", { TZ }), worldAt(NOW), settingsFor(time));
    expect(key("Asia/Kolkata")).not.toBe(key("Europe/Berlin"));
  });
});
