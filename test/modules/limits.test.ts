import { expect, test } from "bun:test";
import { limits } from "../../src/modules/limits.ts";
import { HOUR, NOW, shown } from "./shown.ts";

const window = (used_percentage: number, ms: number) => ({ used_percentage, resets_at: (NOW + ms) / 1000 });

test.each([
  [
    "both windows",
    { five_hour: window(23.7, 2 * HOUR), seven_day: window(41, 76 * HOUR) },
    "5h 24% ↻2h  7d 41% ↻3d4h",
  ],
  ["one window", { seven_day: window(100, HOUR / 2) }, "7d 100% ↻30m"],
  [
    "a window that is over is not shown",
    { five_hour: window(99, 0), seven_day: window(41, HOUR) },
    "7d 41% ↻1h",
  ],
])("%s", async (_, rate_limits, text) => {
  expect((await shown(limits, { rate_limits }, null))[0]).toBe(text);
});

test("without a subscription there is nothing", async () => {
  expect(await shown(limits, {}, null)).toEqual([]);
  expect(await shown(limits, { rate_limits: { five_hour: window(5, -1) } }, null)).toEqual([]);
});
