import { expect, test } from "bun:test";
import { spentSince } from "../../src/sources/spending.ts";

const MIDNIGHT = Date.parse("2026-11-21T00:00:00Z");
const HOUR = 3_600_000;

/** Blocks by first use, last use (hours from midnight) and cost. */
test.each<[string, (readonly [number, number, number | null])[], number | null, boolean]>([
  ["nothing", [], 0, false],
  ["all since midnight", [[1, 3, 10]], 10, false],
  [
    "all of several",
    [
      [0, 3, 10],
      [6, 7, 2.5],
    ],
    12.5,
    false,
  ],
  ["all before", [[-5, -1, 10]], 0, false],
  ["a block over midnight by its share", [[-2, 2, 10]], 5, true],
  [
    "a block over midnight, and one after it",
    [
      [-1, 3, 8],
      [5, 6, 1],
    ],
    7,
    true,
  ],
  ["a block used once, at midnight", [[0, 0, 10]], 10, false],
  ["an unknown price", [[1, 2, null]], null, false],
  [
    "an unknown price among others",
    [
      [-2, 2, 10],
      [3, 4, null],
    ],
    null,
    false,
  ],
  [
    "an unknown price of yesterday, which does not matter",
    [
      [-5, -1, null],
      [1, 2, 3],
    ],
    3,
    false,
  ],
])("spent since midnight: %s", (_, rows, usd, estimated) => {
  const blocks = rows.map(([start, last, costUsd]) => ({
    startsAt: MIDNIGHT + start * HOUR,
    lastUsedAt: MIDNIGHT + last * HOUR,
    costUsd,
  }));
  expect(spentSince(MIDNIGHT, blocks)).toEqual({ usd, estimated });
});
