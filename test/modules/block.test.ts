import { expect, test } from "bun:test";
import { block } from "../../src/modules/block.ts";
import { parseSession } from "../../src/parse-session.ts";
import { HOUR, NOW, shown } from "./shown.ts";
import { spending } from "./spending.ts";

/** What is known of an account in a block that ends so many milliseconds from now. */
const ending = (ms: number) =>
  spending({
    block: { startsAt: NOW + ms - 5 * HOUR, endsAt: NOW + ms, totalTokens: 5, resetTime: "16:00" },
  });

test.each([
  ["under way", ending(4 * HOUR), ["4h left → 16:00", "4h left", "4h"]],
  ["about to end", ending(30_500), ["30s left → 16:00", "30s left", "30s"]],
  ["that has ended", ending(0), []],
  ["that seems longer than a block", ending(9 * HOUR), ["5h left → 16:00", "5h left", "5h"]],
  ["that there is not", spending(), []],
  ["that is not asked for yet", "pending", []],
  ["of which nothing is known", null, []],
  ["of an account that has limits", { ...ending(4 * HOUR), hasLimits: true }, []],
] as const)("a block %s", (_, fetched, forms) => {
  expect(shown(block, {}, fetched)).toEqual([...forms]);
});

test("no block beside the client's 5-hour window, nor after its reset", () => {
  const five_hour = { used_percentage: 5, resets_at: NOW / 1000 + 60 };
  expect(shown(block, { rate_limits: { five_hour } }, ending(4 * HOUR))).toEqual([]);
  const reported = { ...parseSession("{}"), limitsAt: NOW - HOUR };
  expect(shown(block, reported, ending(4 * HOUR))).toEqual([]);
  const without = { ...parseSession("{}"), limitsAt: "none" as const };
  expect(shown(block, without, ending(4 * HOUR))[0]).toBe("4h left → 16:00");
});
