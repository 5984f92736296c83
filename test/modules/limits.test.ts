import { expect, test } from "bun:test";
import type { Tone } from "../../src/module.ts";
import { limits } from "../../src/modules/limits.ts";
import { parseSession } from "../../src/parse-session.ts";
import { formsOf, HOUR, NOW, settingsFor, shown, worldAt } from "./shown.ts";

const window = (used_percentage: number, ms: number) => ({ used_percentage, resets_at: (NOW + ms) / 1000 });

test.each([
  [
    "both windows",
    { five_hour: window(23.7, 2 * HOUR), seven_day: window(41, 76 * HOUR) },
    "5h 24% ↻2h  7d 41% ↻3d4h",
  ],
  ["one window", { seven_day: window(100, HOUR / 2) }, "7d 100% ↻30m"],
  [
    "a window that has been reset shows as such, its percentage is gone",
    { five_hour: window(99, 0), seven_day: window(41, HOUR) },
    "5h reset  7d 41% ↻1h",
  ],
  [
    "a reset that is longer ago than a 5-hour window lasts is not shown",
    { five_hour: window(99, -5 * HOUR), seven_day: window(41, HOUR) },
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
});

const sample = (usedPercent: number, minutesAgo: number) => ({
  usedPercent,
  resetsAt: (NOW + HOUR) / 1000,
  at: NOW - minutesAgo * 60_000,
});
const account = (fiveHour: ReturnType<typeof sample>) => ({ fiveHour, sevenDay: null, spend: null });
const idle = (session: object, minutesAgo: number | null) => ({
  ...parseSession(JSON.stringify(session)),
  limitsAt: minutesAgo === null ? null : NOW - minutesAgo * 60_000,
});

test.each([
  ["another session's newer report", 20, sample(60, 1), "5h 60% ↻1h"],
  ["its own newer report", 1, sample(60, 20), "5h 10% ↻1h"],
  ["the newer report with its age", 90, sample(60, 17), "5h 60% ↻1h (15m ago)"],
  ["the newer report with its age in hours", 190, sample(60, 140), "5h 60% ↻1h (2h ago)"],
  ["another's report before its own first", null, sample(60, 1), "5h 60% ↻1h"],
])("a session shows %s", (_, minutesAgo, shared, text) => {
  const rate_limits = minutesAgo === null ? undefined : { five_hour: window(10, HOUR) };
  expect(shown(limits, idle({ rate_limits }, minutesAgo), account(shared))[0]).toBe(text);
});

test("what was reported before the account took over the directory is another account's", () => {
  const session = idle({ rate_limits: { five_hour: window(10, HOUR) } }, 5);
  const since = (minutesAgo: number) => ({
    ...session,
    profile: { id: "b", label: "B", owner: true, since: NOW - minutesAgo * 60_000 },
  });
  expect(shown(limits, since(6), null)[0]).toBe("5h 10% ↻1h");
  expect(shown(limits, since(4), null)).toEqual([]);
});

test("a row is drawn again when a countdown, an age or a reset changes", () => {
  const until = (minutesAgo: number) => {
    const late = { ...sample(60, minutesAgo), resetsAt: (NOW + HOUR + 40_000) / 1000 };
    const data = limits.read(idle({}, null), worldAt(NOW), account(late), settingsFor(limits));
    return ((data && limits.until?.(data, NOW)) ?? 0) - NOW;
  };
  expect(until(9.5)).toBe(30_000);
  expect(until(14.5)).toBe(30_000);
  expect(until(20)).toBe(40_001);
});
