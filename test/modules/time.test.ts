import { describe, expect, test } from "bun:test";
import { time } from "../../src/modules/time.ts";
import { shown, worldAt } from "./shown.ts";

describe("time", () => {
  const offset = { minutes: 120, change: { at: Date.parse("2026-10-25T01:00:00Z"), minutes: 60 } };
  test.each([
    ["2026-10-25T00:59:00Z", "02:59"],
    ["2026-10-25T01:00:00Z", "02:00"],
    ["2026-10-25T23:30:00Z", "00:30"],
  ])("%s reads %s in Berlin", async (now, text) => {
    expect(await shown(time, {}, offset, worldAt(Date.parse(now)))).toEqual([text]);
  });
  test("is left out until the offset is known", async () => {
    expect(await shown(time, {}, "pending")).toEqual([]);
  });
});
