import { describe, expect, test } from "bun:test";
import { promptcache } from "../../src/modules/promptcache.ts";
import { formsOf, NOW, shown } from "./shown.ts";

const warm = { warm: true, expires_at: NOW / 1000 + 150, hit_ratio: 0.957, misses: 0, last_miss_cause: null };

describe("promptcache", () => {
  test.each<[string, object, string[]]>([
    ["warm", {}, ["warm 2m 95% hits", "warm 2m"]],
    ["warm for how long nobody knows", { expires_at: null }, ["warm 95% hits", "warm"]],
    ["warm till now", { expires_at: NOW / 1000 }, ["cold 95% hits", "cold"]],
    ["cold", { warm: false, expires_at: null }, ["cold 95% hits", "cold"]],
    ["cold by the client's word, whatever the time", { warm: false }, ["cold 95% hits", "cold"]],
    ["of unknown hits", { hit_ratio: null }, ["warm 2m", "warm 2m"]],
    ["of nothing but hits", { hit_ratio: 1 }, ["warm 2m 100% hits", "warm 2m"]],
    ["of almost nothing but hits", { hit_ratio: 0.999 }, ["warm 2m 99% hits", "warm 2m"]],
    [
      "that was missed",
      { misses: 2, last_miss_cause: "tools_changed" },
      ["warm 2m 95% hits missed: tools changed", "warm 2m 95% hits", "warm 2m"],
    ],
    ["that was missed for no known reason", { misses: 2 }, ["warm 2m 95% hits", "warm 2m"]],
    ["that was not missed since", { last_miss_cause: "ttl" }, ["warm 2m 95% hits", "warm 2m"]],
  ])("%s", (_, changes, forms) => {
    expect(shown(promptcache, { prompt_cache: { ...warm, ...changes } }, null)).toEqual(forms);
  });

  test("is nothing where the client tells nothing of it", () => {
    expect(shown(promptcache, {}, null)).toEqual([]);
    expect(shown(promptcache, { prompt_cache: { expires_at: NOW / 1000 } }, null)).toEqual([]);
  });

  test.each([
    [true, "good"],
    [false, "warn"],
  ])("warm is %p: %s", (isWarm, tone) => {
    const forms = formsOf(promptcache, { prompt_cache: { ...warm, warm: isWarm } }, null);
    expect(forms.at(-1)).toMatchObject([{ tone }]);
  });
});
