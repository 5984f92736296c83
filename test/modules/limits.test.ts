import { expect, test } from "bun:test";
import type { Tone } from "../../src/module.ts";
import { limits } from "../../src/modules/limits.ts";
import { formsOf, HOUR, NOW, shown, worldAt } from "./shown.ts";

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
  [
    "a limit in money says what is spent of what, be it too much",
    { spend_limit: { ...window(125, HOUR), used_usd: 250, limit_usd: 200 } },
    "spend 125% $250/$200 ↻1h",
  ],
  [
    "a limit in money of an unknown sum",
    { spend_limit: { ...window(12.5, HOUR), used_usd: 25 } },
    "spend 13% $25.00 ↻1h",
  ],
  ["a limit in money without any sum", { spend_limit: window(5, HOUR) }, "spend 5% ↻1h"],
])("%s", (_, rate_limits, text) => {
  expect(shown(limits, { rate_limits }, null)[0]).toBe(text);
});

const all = {
  five_hour: window(50, HOUR),
  seven_day: window(80, 76 * HOUR),
  spend_limit: { ...window(95, HOUR), used_usd: 19, limit_usd: 20 },
};

test.each([
  [0, ["5h 50% ↻1h  7d 80% ↻3d4h  spend 95% $19.00/$20.00 ↻1h", "5h 50%  7d 80%  spend 95%", "5h 50%"]],
  [
    4,
    [
      "5h ██░░ 50% ↻1h  7d ███▎ 80% ↻3d4h  spend ███▊ 95% $19.00/$20.00 ↻1h",
      "5h ██░░ 50%  7d ███▎ 80%  spend ███▊ 95%",
      "5h 50%  7d 80%  spend 95%",
      "5h 50%",
    ],
  ],
])("gauges of %i columns, in less and less room", (cells, forms) => {
  expect(shown(limits, { rate_limits: all }, null, worldAt(NOW), { cells })).toEqual(forms);
});

test.each([
  [79.9, "good"],
  [80, "warn"],
  [94.9, "warn"],
  [95, "bad"],
  [250, "bad"],
])("%d %% are %s", (percent, tone) => {
  const forms = formsOf(limits, { rate_limits: { seven_day: window(percent, HOUR) } }, null);
  expect(forms.at(-1)?.[1]?.tone).toBe(tone as Tone);
});

test("without a subscription there is nothing", () => {
  expect(shown(limits, {}, null)).toEqual([]);
  expect(shown(limits, { rate_limits: { five_hour: window(5, -1) } }, null)).toEqual([]);
});
