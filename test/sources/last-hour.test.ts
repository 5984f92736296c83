import { expect, test } from "bun:test";
import type { Block } from "../../src/sources/ccusage-report.ts";
import { lastHour, type SpendingSample, samplesOf, withSample } from "../../src/sources/last-hour.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A block used from so many to so many minutes ago. */
const block = (first: number, last: number, usd: number | null, atLeast = false): Block => ({
  startsAt: NOW - Math.ceil(first / 60) * HOUR,
  endsAt: NOW + 2 * HOUR,
  firstUsedAt: NOW - first * MINUTE,
  lastUsedAt: NOW - last * MINUTE,
  isActive: true,
  models: [],
  usd,
  tokens: 600,
  atLeast,
  doubts: [],
});

/** $10 since midnight. */
const now = { at: NOW, usd: 10, tokens: 6000, atLeast: false };
const sample = (minutes: number, usd: number | null): SpendingSample => ({
  at: NOW - minutes * MINUTE,
  usd,
  tokens: 1000,
});
const ofHour = (blocks: Block[], samples: SpendingSample[] = [], since: number | null = null) => {
  const hour = lastHour(now, samples, blocks, since);
  return hour === null ? null : `${hour.atLeast ? "≥" : ""}${hour.usd}`;
};

test.each<[string, Block[], SpendingSample[], string | null]>([
  ["no use at all", [], [], "0"],
  ["the last use more than an hour ago", [block(200, 61, 9)], [sample(70, 1)], "0"],
  ["two replies within a second", [block(1, 1, 0.02)], [], "0.02"],
  ["two replies 50 minutes ago, idle since", [block(50, 50, 5)], [], "5"],
  [
    "a block that began within the hour, the one before long ago",
    [block(400, 300, 9), block(40, 1, 4)],
    [],
    "4",
  ],
  ["a block that began within the hour, with an unknown price", [block(40, 1, null, true)], [], "≥null"],
  ["a block from before the hour, no sample", [block(90, 1, 8)], [], null],
  ["a block change within the hour, no sample", [block(320, 40, 9), block(10, 1, 4)], [], null],
  ["a sample too young to tell", [block(90, 1, 8)], [sample(9, 7)], null],
  ["a sample of 10 minutes ago", [block(90, 1, 8)], [sample(10, 7), sample(5, 8)], "≥3"],
  ["a sample of an hour ago", [block(90, 1, 8)], [sample(66, 3), sample(60, 4), sample(57, 5)], "6"],
  ["a sample somewhat older", [block(90, 1, 8)], [sample(64, 2)], "7.5"],
  ["a sample much older", [block(90, 1, 8)], [sample(120, 2)], null],
  ["a sample with an unknown price", [block(90, 1, 8)], [sample(60, null)], "null"],
  ["a sum that has become less", [block(90, 1, 8)], [sample(60, 11)], "0"],
])("the last hour: %s", (_, blocks, samples, usd) => {
  expect(ofHour(blocks, samples)).toBe(usd);
});

test("a block that another account began is not the account's", () => {
  expect(ofHour([block(40, 1, 4)], [], NOW - 20 * MINUTE)).toBeNull();
  expect(ofHour([block(40, 1, 4)], [sample(20, 10)], NOW - 20 * MINUTE)).toBe("≥0");
});

const share = (startsAt: number, days = 1) => ({
  own: 0,
  others: 0,
  atLeast: false,
  since: null,
  startsAt,
  endsAt: startsAt + days * 24 * HOUR,
});

test("samples from before midnight count from the new midnight", () => {
  const midnight = NOW - 30 * MINUTE;
  const before = { samples: [sample(60, 90), sample(40, 99)], today: share(midnight - 24 * HOUR) };
  const samples = samplesOf(share(midnight), before, { usd: 100, tokens: 1500 }, NOW);
  expect(samples.map(({ usd, tokens }) => [usd, tokens])).toEqual([
    [-10, -500],
    [-1, -500],
  ]);
  expect(ofHour([block(90, 1, 8)], samples)).toBe("20");
  expect(samplesOf(share(midnight), before, { usd: null, tokens: 1500 }, NOW)[0]?.usd).toBeNull();
});

test("samples of a day before yesterday, older ones and those of the future are dropped", () => {
  const midnight = NOW - 12 * HOUR;
  const yesterday = { usd: 1, tokens: 1 };
  const before = (startsAt: number) => ({
    samples: [sample(80, 1), sample(5, 2), sample(-5, 3)],
    today: share(startsAt),
  });
  expect(samplesOf(share(midnight), before(midnight), yesterday, NOW)).toEqual([sample(5, 2)]);
  expect(samplesOf(share(midnight), before(midnight - 48 * HOUR), yesterday, NOW)).toEqual([]);
  expect(samplesOf(share(midnight), null, yesterday, NOW)).toEqual([]);
});

test("samples are five minutes apart", () => {
  expect(withSample([], sample(0, 1))).toEqual([sample(0, 1)]);
  expect(withSample([sample(4, 1)], sample(0, 2))).toEqual([sample(4, 1)]);
  expect(withSample([sample(5, 1)], sample(0, 2))).toEqual([sample(5, 1), sample(0, 2)]);
});
