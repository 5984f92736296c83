import { min, round } from "../lib/number.ts";
import { timeSpan, timeSpanChangesIn, usd } from "../lib/quantity.ts";
import type { Bar, Form, OptionsOf, Span, StatusModule, Tone, TypeBuilder } from "../module.ts";
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
  uses: ["limits"],
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
  until(windows, now) {
    let first = Infinity;
    for (const { leftMs } of windows) first = min(first, now + timeSpanChangesIn(leftMs));
    return first;
  },
  format(windows, { cells }) {
    const forms: Form[] = [spaced(windows, cells, true), spaced(windows, cells, false)];
    if (cells > 0) forms.push(spaced(windows, 0, false));
    forms.push(spaced(windows.slice(0, 1), 0, false));
    return forms;
  },
};

/** Windows side by side, each with a gauge of `cells` columns; `withRest`: with money and the time that is left. */
function spaced(windows: readonly Window[], cells: number, withRest: boolean): Form {
  const form: (Span | Bar)[] = [];
  for (const { name, usedPercent, leftMs, money } of windows) {
    const tone = toneOf(usedPercent);
    if (form.length > 0) form.push({ text: "  ", tone: "plain" });
    form.push({ text: `${name} `, tone: "muted" });
    if (cells > 0) form.push({ bar: usedPercent / 100, cells, tone }, { text: " ", tone: "plain" });
    form.push({ text: `${round(usedPercent)}%`, tone });
    if (withRest) form.push({ text: `${money} ↻${timeSpan(leftMs)}`, tone: "muted" });
  }
  return form;
}

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
