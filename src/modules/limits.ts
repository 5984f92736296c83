import { timeSpan, timeSpanChangesIn, usd } from "../lib/quantity.ts";
import type { Form, OptionsOf, StatusModule, Tone, TypeBuilder } from "../module.ts";
import type { Limit, Session } from "../session.ts";

/** A rate-limit window that is still running. */
interface Window {
  readonly name: string;
  readonly usedPercent: number;
  readonly leftMs: number;
  /** What is spent of what, for a limit in money. */
  readonly money: string;
}

const options = (t: TypeBuilder) => ({
  cells: t.Integer({
    default: 0,
    minimum: 0,
    maximum: 60,
    description: "columns of a gauge each; 0 for none",
  }),
});

/** A subscriber's rate limits: how much is used, and when they begin anew. */
export const limits: StatusModule<readonly Window[], unknown, OptionsOf<typeof options>> = {
  moduleId: "limits",
  description: "how much of the 5-hour, the weekly and the spending limit is used, and when they begin anew",
  icons: ["🚦", "\uf012", ""],
  options,
  read({ limits: { fiveHour, sevenDay, spend } }, world) {
    const now = world.now();
    const windows = [
      ...running("5h", fiveHour, now),
      ...running("7d", sevenDay, now),
      ...running("spend", spend, now, moneyOf(spend)),
    ];
    return windows.length === 0 ? null : windows;
  },
  until: (windows, now) => now + Math.min(...windows.map(({ leftMs }) => timeSpanChangesIn(leftMs))),
  *format(windows, { cells }) {
    const shares = (width: number) =>
      windows.map(({ name, usedPercent }): Form => {
        const tone = toneOf(usedPercent);
        const gauge: Form = width === 0 ? [] : [{ bar: usedPercent / 100, cells: width, tone }, space];
        return [{ text: `${name} `, tone: "muted" }, ...gauge, { text: `${Math.round(usedPercent)}%`, tone }];
      });
    const tails = windows.map(
      ({ leftMs, money }): Form => [{ text: `${money} ↻${timeSpan(leftMs)}`, tone: "muted" }],
    );
    yield spaced(shares(cells).map((share, n) => [...share, ...(tails[n] ?? [])]));
    yield spaced(shares(cells));
    if (cells > 0) yield spaced(shares(0));
    yield shares(0)[0] ?? [];
  },
};

const space = { text: " ", tone: "plain" } as const;

/** Past its end a window's old percentage says nothing about the new one. */
function running(name: string, limit: Limit | null, now: number, money = ""): Window[] {
  const leftMs = limit === null ? 0 : limit.resetsAt * 1000 - now;
  return limit === null || leftMs <= 0 ? [] : [{ name, usedPercent: limit.usedPercent, leftMs, money }];
}

function moneyOf(spend: Session["limits"]["spend"]): string {
  if (spend === null || spend.usedUsd === null) return "";
  return ` ${usd(spend.usedUsd)}${spend.limitUsd === null ? "" : `/${usd(spend.limitUsd)}`}`;
}

function toneOf(percent: number): Tone {
  if (percent >= 95) return "bad";
  return percent >= 80 ? "warn" : "good";
}

const spaced = (forms: readonly Form[]): Form =>
  forms.flatMap((form, n) => (n === 0 ? form : [{ text: "  ", tone: "plain" }, ...form]));
