import { describe, expect, test } from "bun:test";
import { parseSession } from "../../src/parse-session.ts";
import type { Session } from "../../src/session.ts";
import { type LimitSample, newestLimits, withLimitsAt } from "../../src/sources/limits.ts";

const NOW = 1_795_000_000_000;
const MINUTE = 60_000;
const END = NOW / 1000 + 3600;

/** A session that works, or with no cost yet, and what its client reports: percentages, `null` for none. */
function session(fiveHour: number | null, sevenDay: number | null = null, usd = 1): Session {
  const window = (used_percentage: number | null) =>
    used_percentage === null ? undefined : { used_percentage, resets_at: END };
  const rate_limits = { five_hour: window(fiveHour), seven_day: window(sevenDay) };
  return parseSession(JSON.stringify({ rate_limits, cost: { total_cost_usd: usd } }));
}

const at = (limitsAt: Session["limitsAt"], told: Session): Session => ({ ...told, limitsAt });

describe("the time of a session's limits", () => {
  test.each<[string, Session, Session | null, Session["limitsAt"]]>([
    ["of a first document with costs is now", session(10), null, NOW],
    ["of a first document before the first reply is unknown", session(10, null, 0), null, 0],
    ["of the same again stays", session(10), at(NOW - MINUTE, session(10)), NOW - MINUTE],
    ["of another percentage is now", session(11), at(NOW - MINUTE, session(10)), NOW],
    ["of the first after none is now", session(10), at("none", session(null)), NOW],
    [
      "stays when a window that was reset goes away",
      session(null, 20),
      at(NOW - MINUTE, session(10, 20)),
      NOW - MINUTE,
    ],
    ["stays when all go away", session(null), at(NOW - MINUTE, session(10)), NOW - MINUTE],
    ["is none for a session that works without", session(null), null, "none"],
    ["is open before the first reply", session(null, null, 0), null, null],
    ["is never in the future", session(10), at(NOW + MINUTE, session(10)), NOW],
  ])("%s", (_, told, before, expected) => {
    expect(withLimitsAt(told, before, NOW).limitsAt).toBe(expected);
  });
});

describe("the newest of an account's reports", () => {
  const known = (usedPercent: number, time: number, resetsAt: number | null = END): LimitSample => ({
    usedPercent,
    resetsAt,
    at: time,
  });
  const account = (fiveHour: LimitSample) => ({ fiveHour, sevenDay: null, spend: null });

  test.each<[string, readonly Session[], LimitSample, LimitSample]>([
    ["is a session's own", [at(NOW, session(10))], known(60, NOW - 1), known(10, NOW)],
    ["is what was known before", [at(NOW - 2, session(10))], known(60, NOW - 1), known(60, NOW - 1)],
    ["does not depend on the order", [at(9, session(1)), at(8, session(2))], known(3, 7), known(1, 9)],
    ["is as old as the first of two that agree", [at(NOW, session(60))], known(60, 5), known(60, 5)],
    ["is not one of an unknown time", [at(0, session(10))], known(60, 5), known(60, 5)],
    [
      "is one of an unknown time where the other window has ended",
      [at(0, session(10))],
      known(60, 5, NOW / 1000 - 1),
      known(10, 0),
    ],
    ["is the fuller of two at one time", [at(5, session(10))], known(60, 5), known(60, 5)],
    ["does not lie in the future", [at(NOW, session(61))], known(60, NOW + MINUTE), known(61, NOW)],
  ])("%s", (_, sessions, before, expected) => {
    expect(newestLimits(sessions, account(before), NOW).fiveHour).toEqual(expected);
    expect(newestLimits([...sessions].reverse(), account(before), NOW).fiveHour).toEqual(expected);
  });
});
