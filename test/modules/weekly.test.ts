import { expect, test } from "bun:test";
import { weekly } from "../../src/modules/weekly.ts";
import { shown } from "./shown.ts";
import { share, spending } from "./spending.ts";

test("weekly: last week's sum is not this week's", () => {
  const week = (own: number | null, left: number, atLeast = false) =>
    spending({ week: share(own, left, atLeast), weekTokens: share(1_500_000, left) });
  expect(shown(weekly, {}, week(12.5, 1))).toEqual(["$12.50 week · 1.5M tokens", "$12.50 week"]);
  expect(shown(weekly, {}, week(12.5, 1, true))).toEqual(["≥$12.50 week · 1.5M tokens", "≥$12.50 week"]);
  expect(shown(weekly, {}, week(null, 1, true))).toEqual(["– week · 1.5M tokens", "– week"]);
  expect(shown(weekly, {}, week(12.5, 0))).toEqual([]);
  expect(shown(weekly, {}, "pending")).toEqual(["… week"]);
  expect(shown(weekly, {}, null)).toEqual([]);
});
