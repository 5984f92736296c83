import { expect, test } from "bun:test";
import { block } from "../../src/modules/block.ts";
import { HOUR, NOW, shown } from "./shown.ts";

/** What ccusage told of an account in a block that ends so many milliseconds from now. */
const ending = (ms: number) => ({
  today: { own: 7, others: 0, since: null, endsAt: NOW + HOUR },
  estimated: false,
  block: {
    startsAt: NOW + ms - 5 * HOUR,
    endsAt: NOW + ms,
    costUsd: 1,
    totalTokens: 5,
    burnRateUsdPerHour: 2,
    tokensPerMinute: 3,
    resetTime: "16:00",
  },
});

test.each([
  ["under way", ending(4 * HOUR), ["4h left → 16:00", "4h left", "4h"]],
  ["about to end", ending(30_500), ["30s left → 16:00", "30s left", "30s"]],
  ["that has ended", ending(0), []],
  ["that seems longer than a block", ending(9 * HOUR), ["5h left → 16:00", "5h left", "5h"]],
  ["that there is not", { ...ending(0), block: null }, []],
  ["that is not asked for yet", "pending", []],
  ["that nobody tells of", null, []],
] as const)("a block %s", (_, spending, forms) => {
  expect(shown(block, {}, spending)).toEqual([...forms]);
});
