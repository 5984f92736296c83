import { describe, expect, test } from "bun:test";
import type { Entry } from "../../src/cache/entry.ts";
import { judge } from "../../src/cache/freshness.ts";
import type { ModuleConfig } from "../../src/module.ts";

const NOW = 1_800_000_000_000;

const config: ModuleConfig = {
  refreshInterval: 10_000,
  cacheTTL: 30_000,
  stalenessThreshold: 120_000,
  timeout: 5000,
  maxRetries: 2,
  retryBackoff: 1000,
  maxConcurrent: 1,
};

/** An entry that was fetched `ageMs` ago. */
function aged(ageMs: number, changes: Partial<Entry> = {}): Entry {
  const fetchedAt = NOW - ageMs;
  return {
    moduleId: "git",
    sessionId: null,
    key: "git:/r",
    data: { branch: "main" },
    fetchedAt,
    validUntil: fetchedAt + config.cacheTTL,
    fetchCount: 1,
    lastAccessedAt: fetchedAt,
    failure: null,
    warnings: [],
    ...changes,
  };
}

const failure = (agoMs: number, count = 1) => ({ at: NOW - agoMs, count, message: "no" });

describe("age", () => {
  test.each([
    [0, "fresh", false],
    [9999, "fresh", false],
    [10_000, "fresh", true],
    [29_999, "fresh", true],
    [30_000, "expired", true],
    [119_999, "expired", true],
    [120_000, "stale", true],
    [10 ** 12, "stale", true],
  ] as const)("%d ms: %s, due: %p", (ageMs, freshness, due) => {
    expect(judge(aged(ageMs), config, NOW, null)).toMatchObject({ freshness, ageMs, due });
  });
});

test("no entry is pending and due", () => {
  expect(judge(null, config, NOW, null)).toMatchObject({ freshness: "pending", ageMs: 0, due: true });
});

describe("an entry from the future", () => {
  test.each([
    ["by the clock's granularity is fresh", -2000, "fresh", false],
    ["by more is stale, with no negative age, and due", -2001, "stale", true],
    ["by a day is stale and due", -86_400_000, "stale", true],
  ] as const)("%s", (_, ageMs, freshness, due) => {
    expect(judge(aged(ageMs), config, NOW, null)).toMatchObject({ freshness, ageMs: 0, due });
  });
});

describe("a change of what the value depends on", () => {
  test.each([
    ["after the fetch makes it due", NOW - 500, true],
    ["at the fetch does not", NOW - 1000, false],
    ["before the fetch does not", NOW - 5000, false],
    ["now does", NOW, true],
    ["in the future does not: it would for ever", NOW + 60_000, false],
  ])("%s", (_, changedAt, due) => {
    expect(judge(aged(1000), config, NOW, changedAt)).toMatchObject({ freshness: "fresh", ageMs: 1000, due });
  });
});

describe("after a failure", () => {
  test.each([
    ["the first retry waits for the backoff", failure(999), false],
    ["the first retry is due after the backoff", failure(1000), true],
    ["the second waits twice as long", failure(1999, 2), false],
    ["the second is due after twice the backoff", failure(2000, 2), true],
    ["without retries left it waits for a whole interval", failure(9999, 3), false],
    ["without retries left it is due after a whole interval", failure(10_000, 3), true],
    ["a thousandth failure waits no longer than that", failure(10_000, 1000), true],
    ["a failure from the future holds nothing up", failure(-60_000), true],
  ] as const)("%s", (_, failed, due) => {
    const nothing = aged(0, { data: null, fetchedAt: 0, validUntil: 0, failure: failed });
    expect(judge(nothing, config, NOW, null)).toMatchObject({ freshness: "failed", ageMs: 0, due });
    expect(judge(aged(60_000, { failure: failed }), config, NOW, null)).toMatchObject({
      freshness: "expired",
      ageMs: 60_000,
      due,
    });
  });

  test("a value that is fresh is not due, however long ago the failure was", () => {
    expect(judge(aged(1000, { failure: failure(5000) }), config, NOW, null).due).toBe(false);
  });

  test("a change does not get around the backoff", () => {
    expect(judge(aged(5000, { failure: failure(500) }), config, NOW, NOW).due).toBe(false);
  });
});

describe("until when a judgement holds by the clock", () => {
  test.each([
    ["a fresh one until it is to be fetched", aged(1000), NOW + 9000],
    ["one that is due until it is past its best", aged(10_000), NOW + 20_000],
    ["an expired one until it is stale", aged(30_000), NOW + 90_000],
    ["a stale one for ever", aged(120_000), Infinity],
    ["one that failed until the next try", aged(120_000, { failure: failure(400) }), NOW + 600],
  ])("%s", (_, entry, until) => {
    expect(judge(entry, config, NOW, null).until).toBe(until);
  });
});
