import { describe, expect, test } from "bun:test";
import { cost } from "../../src/modules/cost.ts";
import { parseSession } from "../../src/parse-session.ts";
import { HOUR, NOW, shown } from "./shown.ts";
import { share, spending } from "./spending.ts";

const lastHour = { at: NOW - 60_000, usd: 2, tokens: 600, atLeast: false, isPart: false };

describe("cost", () => {
  const session = { session_id: "s", cost: { total_cost_usd: 0.5 } };
  test.each([
    ["before the first fetch", "pending", "$0.50 session  … today"],
    ["without a source", null, "$0.50 session"],
    ["all of it", spending(), "$0.50 session  $7.00 today  $2.00/h"],
    [
      "models without a known price",
      spending({ today: share(0.02, HOUR, true), lastHour: { ...lastHour, usd: 0.02, atLeast: true } }),
      "$0.50 session  ≥$0.02 today  ≥$0.02/h",
    ],
    [
      "an unknown price",
      spending({ today: share(null, HOUR, true), lastHour: { ...lastHour, usd: null } }),
      "$0.50 session  – today",
    ],
    [
      "yesterday's sum is not today's",
      spending({ today: share(7, -1), lastHour: null }),
      "$0.50 session  – today",
    ],
    ["an hour without use", spending({ lastHour: { ...lastHour, usd: 0 } }), "$0.50 session  $7.00 today"],
    [
      "an hour that is over an hour ago",
      spending({ lastHour: { ...lastHour, at: NOW - HOUR } }),
      "$0.50 session  $7.00 today",
    ],
    [
      "a session that has cost more since midnight than is known of today",
      spending({ today: share(0.2), carried: { s: 0 }, lastHour: null }),
      "$0.50 session  ≥$0.50 today",
    ],
    [
      "a session that has cost most of it before midnight",
      spending({ today: share(0.2), carried: { s: 0.4 }, lastHour: null }),
      "$0.50 session  $0.20 today",
    ],
    [
      "a session that has cost something today, and an unknown price",
      spending({ today: share(null, HOUR, true), carried: { s: 0.1 }, lastHour: null }),
      "$0.50 session  ≥$0.40 today",
    ],
    [
      "a session of which it is not known what it has cost today",
      spending({ today: share(0), carried: { other: 0 }, lastHour: null }),
      "$0.50 session  $0.00 today",
    ],
  ] as const)("%s", (_, fetched, text) => {
    expect(shown(cost, session, fetched)[0]).toBe(text);
  });

  test("leaves out what it knows nothing of, and nothing is no sum of 0", () => {
    expect(shown(cost, {}, null)).toEqual([]);
    expect(shown(cost, {}, "pending")).toEqual(["– session  … today", "– session"]);
    expect(shown(cost, {}, spending({ today: share(0), lastHour: null }))[0]).toBe("– session  $0.00 today");
  });

  test("in less room the rate leaves first, and the session stays", () => {
    expect(shown(cost, session, spending())).toEqual([
      "$0.50 session  $7.00 today  $2.00/h",
      "$0.50 session  $7.00 today",
      "$0.50",
    ]);
  });

  test("what does not fit together is a warning", () => {
    const doubts = ["ccusage: 900 US dollars for 5 tokens (2026-11-21) is too much"];
    expect(cost.validate?.(spending(), parseSession("{}")).warnings).toEqual([]);
    expect(cost.validate?.(spending({ doubts }), parseSession("{}")).warnings).toEqual(doubts);
  });
});
