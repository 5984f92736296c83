import { expect, test } from "bun:test";
import { weekly } from "../../src/modules/weekly.ts";
import { NOW, shown } from "./shown.ts";

test("weekly: last week's sum is not this week's", () => {
  const share = (own: number | null, endsAt: number) => ({ own, others: 0, since: null, endsAt });
  const week = (own: number | null, endsAt: number) => ({
    cost: share(own, endsAt),
    tokens: share(1_500_000, endsAt),
  });
  expect(shown(weekly, {}, week(12.5, NOW + 1))).toEqual(["$12.50 week · 1.5M tokens", "$12.50 week"]);
  expect(shown(weekly, {}, week(null, NOW + 1))).toEqual(["– week · 1.5M tokens", "– week"]);
  expect(shown(weekly, {}, week(12.5, NOW))).toEqual([]);
  expect(shown(weekly, {}, "pending")).toEqual(["… week"]);
  expect(shown(weekly, {}, null)).toEqual([]);
});
