import { defineFetched } from "../define-module.ts";
import { percentage, timeSpan, timeSpanChangesIn, usd } from "../lib/quantity.ts";
import { type Bar, type Form, PROJECT_MAY_SET, type Span, type Tone, type TypeBuilder } from "../module.ts";
import type { SpendLimit } from "../session.ts";
import {
  type AccountLimits,
  accountLimitsSchema,
  hasEnded,
  type LimitSample,
  limitsKey,
  newer,
  newestLimits,
  ownLimits,
} from "../sources/limits.ts";

/** A rate-limit window. */
interface Window {
  readonly name: string;
  /** null: it has been reset since it was reported, and nothing is known of the new one. */
  readonly usedPercent: number | null;
  /** Until it is reset; null: unknown. */
  readonly leftMs: number | null;
  /** Since a session of the account reported it; null: unknown. */
  readonly ageMs: number | null;
  /** What is spent of what, for a limit in money. */
  readonly money: string;
}

/** The account's windows, whichever of its sessions reported them. */
export type Windows = readonly Window[];

const options = (t: TypeBuilder) => ({
  cells: t.Integer({
    default: 0,
    minimum: 0,
    maximum: 60,
    description: "columns of a gauge each; 0 for none",
    ...PROJECT_MAY_SET,
  }),
});

/** A reset is shown for as long as the shortest window lasts. */
const RESET_SHOWN = 5 * 3_600_000;
/** An account that is used reports its limits more often than this; older ones are shown with their age. */
const OLD = 10 * 60_000;
const HOUR = 3_600_000;
/** Ages below an hour are shown in these steps, so that an idle session's row seldom changes. */
const STEP = 5 * 60_000;

/** A subscriber's rate limits: how much is used, and when they are reset. One truth for all sessions of an account. */
export const limits = defineFetched({
  moduleId: "limits",
  description: "how much of the 5-hour, the weekly and the spending limit is used, and when they are reset",
  icons: ["🚦", "\uf012", ""],
  uses: ["limits", "limitsAt", "profile"],
  config: {
    refreshInterval: 60_000,
    cacheTTL: 900_000,
    stalenessThreshold: 3_600_000,
    timeout: 1000,
    maxRetries: 1,
    retryBackoff: 5000,
    maxConcurrent: 1,
  },
  options,
  schema: accountLimitsSchema,
  // A session that works and reports none is not a subscriber's, independent of the login.
  key: ({ limitsAt, profile }, world) => (limitsAt === "none" ? null : limitsKey(profile?.id ?? "?", world)),
  // Nearly each reply changes them: fifteen busy sessions start one refresher for that in this time, not one for each reply.
  patience: 10_000,
  changedAt: ({ limitsAt }) => (typeof limitsAt === "number" ? limitsAt : null),
  async fetch({ session, sessions, world, before }) {
    const { limitsElsewhere } = await import("../sources/account-index.ts");
    const now = world.now();
    const others = await limitsElsewhere(session.profile?.id ?? null, world);
    return others.reduce((all, each) => newer(all, each, now), newestLimits(sessions, before, now));
  },
  read(session, world, fetched) {
    const now = world.now();
    const account = fetched === "pending" ? null : fetched;
    const windows = windowsOf(newer(ownLimits(session), account, now), now);
    return windows.length === 0 ? null : windows;
  },
  until(windows, now) {
    let first = Infinity;
    for (const { leftMs, ageMs } of windows) {
      if (leftMs !== null && leftMs > 0) first = Math.min(first, now + timeSpanChangesIn(leftMs));
      if (leftMs !== null && leftMs <= 0) first = Math.min(first, now + RESET_SHOWN + leftMs);
      if (ageMs !== null) first = Math.min(first, now + ageChangesIn(ageMs));
    }
    return first;
  },
  format(windows, { cells }) {
    const forms: Form[] = [];
    const age = ageText(windows);
    if (age !== null) forms.push([...spaced(windows, cells, true), { text: ` ${age}`, tone: "muted" }]);
    forms.push(spaced(windows, cells, true), spaced(windows, cells, false));
    if (cells > 0) forms.push(spaced(windows, 0, false));
    forms.push(spaced(windows.slice(0, 1), 0, false));
    return forms;
  },
});

/** What is to be shown of an account's limits at `now`, epoch ms. */
export function windowsOf({ fiveHour, sevenDay, spend }: AccountLimits, now: number): Windows {
  return [
    ...shown("5h", fiveHour, now),
    ...shown("7d", sevenDay, now),
    ...shown("spend", spend, now, moneyOf(spend)),
  ];
}

/** The same as plain text, for tables. */
export function limitsText(windows: Windows): string {
  let text = "";
  for (const part of limits.format(windows, { cells: 0 })[0] ?? []) if ("text" in part) text += part.text;
  return text;
}

/** Windows side by side, each with a gauge of `cells` columns; `withRest`: with money and the time that is left. */
function spaced(windows: readonly Window[], cells: number, withRest: boolean): Form {
  const form: (Span | Bar)[] = [];
  for (const { name, usedPercent, leftMs, money } of windows) {
    if (form.length > 0) form.push({ text: "  ", tone: "plain" });
    form.push({ text: `${name} `, tone: "muted" });
    if (usedPercent === null) {
      form.push({ text: "reset", tone: "muted" });
      continue;
    }
    const tone = toneOf(usedPercent);
    if (cells > 0) form.push({ bar: usedPercent / 100, cells, tone }, { text: " ", tone: "plain" });
    form.push({ text: percentage(usedPercent), tone });
    const rest = leftMs === null ? money : `${money} ↻${timeSpan(leftMs)}`;
    if (withRest && rest !== "") form.push({ text: rest, tone: "muted" });
  }
  return form;
}

/** Past its end a window's old percentage says nothing about the new one. */
function shown(name: string, limit: LimitSample | null, now: number, money = ""): Window[] {
  if (limit === null) return [];
  const leftMs = limit.resetsAt === null ? null : limit.resetsAt * 1000 - now;
  const isReset = hasEnded(limit, now);
  if (isReset && -(leftMs ?? 0) >= RESET_SHOWN) return [];
  const usedPercent = isReset ? null : limit.usedPercent;
  return [{ name, usedPercent, leftMs, ageMs: limit.at === 0 ? null : Math.max(0, now - limit.at), money }];
}

/** `15m ago`: the age of the oldest of these that still says something, where it is worth telling. */
function ageText(windows: Windows): string | null {
  let oldest = 0;
  for (const { ageMs, usedPercent } of windows)
    if (usedPercent !== null) oldest = Math.max(oldest, ageMs ?? 0);
  if (oldest < OLD) return null;
  const step = oldest < HOUR ? STEP : HOUR;
  return `(${timeSpan(Math.floor(oldest / step) * step)} ago)`;
}

function ageChangesIn(ageMs: number): number {
  if (ageMs < OLD) return OLD - ageMs;
  const step = ageMs < HOUR ? STEP : HOUR;
  return step - (ageMs % step);
}

function moneyOf(spend: SpendLimit | null): string {
  if (spend === null || spend.usedUsd === null) return "";
  return ` ${usd(spend.usedUsd)}${spend.limitUsd === null ? "" : `/${usd(spend.limitUsd)}`}`;
}

function toneOf(percent: number): Tone {
  if (percent >= 95) return "bad";
  return percent >= 80 ? "warn" : "good";
}
