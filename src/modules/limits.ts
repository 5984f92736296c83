import { timeSpan } from "../lib/quantity.ts";
import { EACH_RUN, type Form, type StatusModule, type Tone } from "../module.ts";
import type { Limit } from "../session.ts";

/** A rate-limit window that is still running. */
interface Window {
  readonly name: string;
  readonly usedPercent: number;
  readonly leftMs: number;
}

/** A subscriber's rate limits: how much is used, and when they begin anew. */
export const limits: StatusModule<readonly Window[]> = {
  moduleId: "limits",
  description: "how much of the 5-hour and the weekly limit is used, and when they begin anew",
  config: EACH_RUN,
  key: (session) => session.sessionId && `limits:${session.sessionId}`,
  read({ limits: { fiveHour, sevenDay } }, world) {
    const windows = [...running("5h", fiveHour, world.now()), ...running("7d", sevenDay, world.now())];
    return windows.length === 0 ? null : windows;
  },
  *format(windows) {
    const shares = windows.map(
      ({ name, usedPercent }): Form => [
        { text: `${name} `, tone: "muted" },
        { text: `${Math.round(usedPercent)}%`, tone: toneOf(usedPercent) },
      ],
    );
    yield spaced(
      shares.map((share, n) => [...share, { text: ` ↻${timeSpan(windows[n]?.leftMs ?? 0)}`, tone: "muted" }]),
    );
    yield spaced(shares);
    yield shares[0] ?? [];
  },
};

/** Past its end a window's old percentage says nothing about the new one. */
function running(name: string, limit: Limit | null, now: number): Window[] {
  const leftMs = limit === null ? 0 : limit.resetsAt * 1000 - now;
  return limit === null || leftMs <= 0 ? [] : [{ name, usedPercent: limit.usedPercent, leftMs }];
}

function toneOf(percent: number): Tone {
  if (percent >= 95) return "bad";
  return percent >= 80 ? "warn" : "good";
}

const spaced = (forms: readonly Form[]): Form =>
  forms.flatMap((form, n) => (n === 0 ? form : [{ text: "  ", tone: "plain" }, ...form]));
