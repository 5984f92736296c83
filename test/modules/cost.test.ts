import { describe, expect, test } from "bun:test";
import { cost } from "../../src/modules/cost.ts";
import { parseSession } from "../../src/parse-session.ts";
import { HOUR, NOW, shown } from "./shown.ts";

describe("cost", () => {
  const share = (own: number | null, endsAt = NOW + HOUR) => ({ own, others: 0, since: null, endsAt });
  const block = {
    startsAt: NOW - HOUR,
    endsAt: NOW + 4 * HOUR,
    costUsd: 1,
    totalTokens: 5,
    burnRateUsdPerHour: 2,
    tokensPerMinute: 3,
    resetTime: "16:00",
  };
  const session = { cost: { total_cost_usd: 0.5 } };
  test.each([
    ["before the first fetch", "pending", "$0.50 session  … today"],
    ["without a source", null, "$0.50 session"],
    ["all of it", { today: share(7), estimated: false, block }, "$0.50 session  $7.00 today  $2.00/h"],
    [
      "a block from before midnight",
      { today: share(7), estimated: true, block: null },
      "$0.50 session  ~$7.00 today",
    ],
    [
      "yesterday's sum is not today's",
      { today: share(7, NOW - 1), estimated: false, block: null },
      "$0.50 session  – today",
    ],
    [
      "a block that has ended",
      { today: share(7), estimated: false, block: { ...block, endsAt: NOW } },
      "$0.50 session  $7.00 today",
    ],
    [
      "an unknown price",
      { today: share(null), estimated: false, block: { ...block, burnRateUsdPerHour: null } },
      "$0.50 session  – today",
    ],
  ] as const)("%s", (_, spending, text) => {
    expect(shown(cost, session, spending)[0]).toBe(text);
  });

  test("leaves out what it knows nothing of, and nothing is no sum of 0", () => {
    expect(shown(cost, {}, null)).toEqual([]);
    expect(shown(cost, {}, "pending")).toEqual(["– session  … today", "– session"]);
    expect(shown(cost, {}, { today: share(0), estimated: false, block: null })[0]).toBe(
      "– session  $0.00 today",
    );
  });

  test("in less room the rate leaves first, and the session stays", () => {
    expect(shown(cost, session, { today: share(7), estimated: false, block })).toEqual([
      "$0.50 session  $7.00 today  $2.00/h",
      "$0.50 session  $7.00 today",
      "$0.50",
    ]);
  });

  test("a burn rate without a flow of tokens is a warning", () => {
    const given = parseSession("{}");
    const warnings = (tokensPerMinute: number) => {
      const spending = { today: share(1), estimated: false, block: { ...block, tokensPerMinute } };
      return cost.validate?.(spending, given).warnings;
    };
    expect(warnings(block.tokensPerMinute)).toEqual([]);
    expect(warnings(0)).toHaveLength(1);
  });
});
