import { expect, test } from "bun:test";
import { Type } from "@sinclair/typebox";
import fc from "fast-check";
import { duration, durationText, isDuration, parseDuration } from "../../src/config/duration.ts";

test.each<[string, number | null]>([
  ["180000", 180_000],
  ["0", 0],
  ["250ms", 250],
  ["10s", 10_000],
  ["5m", 300_000],
  ["1h", 3_600_000],
  ["2d", 172_800_000],
  ["1h30m", 5_400_000],
  ["1d2h3m4s5ms", 93_784_005],
  ["1.5s", 1500],
  ["0.1ms", 0],
  ["30m1h", 5_400_000],
  ["", null],
  ["s", null],
  ["10", 10],
  ["10 s", null],
  [" 10s", null],
  ["-10s", null],
  ["+10s", null],
  ["1e3s", null],
  ["10S", null],
  ["10sec", null],
  ["1h30", null],
  [".5s", null],
  ["1.s", null],
  ["1,5s", null],
  ["NaN", null],
  ["1w", null],
  ["10s\n", null],
])("%j is %p ms", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each<[number, string]>([
  [0, "0"],
  [10, "10ms"],
  [1000, "1s"],
  [90_000, "90s"],
  [180_000, "3m"],
  [5_400_000, "90m"],
  [86_400_000, "1d"],
  [604_800_000, "7d"],
])("%i ms are written %s", (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test("what is written is read as the same", () => {
  fc.assert(
    fc.property(fc.nat(), (milliseconds) => parseDuration(durationText(milliseconds)) === milliseconds),
  );
});

test("a duration is told from other options", () => {
  const limits = { default: 1, minimum: 0, maximum: 9, description: "" };
  expect(isDuration(duration(Type, limits))).toBe(true);
  expect(isDuration(Type.Integer(limits))).toBe(false);
  expect(isDuration(Type.Union([Type.Literal("a"), Type.Null()]))).toBe(false);
});
