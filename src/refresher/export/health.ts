import type { Reading } from "../../frame/readings.ts";
import { percentage, usd } from "../../lib/quantity.ts";
import type { Context } from "../../modules/context.ts";
import type { Windows } from "../../modules/limits.ts";
import type { Session } from "../../session.ts";
import type { TranscriptFacts } from "../../sources/transcript-facts.ts";
import type { SessionEntry } from "../../state/schema.ts";
import { type Marks, PERIODS, type Period, type Thresholds } from "../../state/thresholds.ts";

/** From these percentages of a budget on. */
const BUDGET = { warning: 80, critical: 100 };
const LIMIT_NAMES: Readonly<Record<string, string>> = { "5h": "5-hour", "7d": "weekly", spend: "spending" };
/** A session that works writes to its transcript within this time. */
const SILENCE = 5 * 60_000;

type Health = NonNullable<SessionEntry["health"]>;

interface Issue {
  readonly level: "warning" | "critical";
  readonly text: string;
}

/** What a session's health follows from. */
export interface Vitals {
  readonly session: Session;
  readonly readings: readonly Reading[];
  readonly transcript: TranscriptFacts;
  readonly thresholds: Thresholds;
  /** What the account has spent, US dollars. */
  readonly spent: Readonly<Record<Period, number | null>>;
}

/** A session's health with the reasons. `lastUpdate` is the time of the facts, epoch ms. */
export function healthOf(vitals: Vitals, at: number, warnings: readonly string[]): Health {
  const { session, readings, transcript, thresholds } = vitals;
  const issues = [
    ...above(percentOf(vitals), thresholds.context, "of the context window used"),
    ...limitsOf(readings).flatMap(({ name, usedPercent }) =>
      above(usedPercent, thresholds.limits, `of the ${LIMIT_NAMES[name] ?? name} limit used`),
    ),
    ...PERIODS.flatMap((period) => budgetIssues(period, vitals)),
    ...secrets(transcript),
    ...readings.flatMap(({ module, freshness }): Issue[] =>
      freshness === "stale" ? [{ level: "warning", text: `${module.moduleId} is stale` }] : [],
    ),
    ...silence(session, transcript, at),
    ...warnings.map((text): Issue => ({ level: "warning", text })),
  ];
  const serious = issues.filter(({ level }) => level === "critical");
  const rest = issues.filter(({ level }) => level !== "critical");
  const status = serious.length > 0 ? "critical" : rest.length > 0 ? "warning" : "healthy";
  return { status, lastUpdate: at, issues: [...serious, ...rest].map(({ text }) => text) };
}

/** The row's own figure where there is one: it has been checked against the transcript. */
function percentOf({ session, readings }: Vitals): number | null {
  const reading = readings.find(({ module }) => module.moduleId === "context");
  const context = reading?.data as Context | null | undefined;
  return context?.percent ?? session.context?.usedPercent ?? null;
}

function budgetIssues(period: Period, { thresholds, spent }: Vitals): Issue[] {
  const [budget, amount] = [thresholds.budget[period], spent[period]];
  if (budget === null || amount === null || budget === 0) return [];
  const text = `of the ${period} budget spent: ${usd(amount)} of ${usd(budget)}`;
  return above((100 * amount) / budget, BUDGET, text);
}

function secrets({ secretTypes }: TranscriptFacts): Issue[] {
  if (secretTypes.length === 0) return [];
  return [{ level: "critical", text: `secrets in the transcript: ${secretTypes.join(", ")}` }];
}

function limitsOf(readings: readonly Reading[]): Windows {
  const reading = readings.find(({ module }) => module.moduleId === "limits");
  return (reading?.data as Windows | null | undefined) ?? [];
}

/** Whether the session works while its transcript does not grow. */
export function isTranscriptStale(session: Session, facts: TranscriptFacts, at: number): boolean {
  return hasWorked(session) && facts.exists && at - facts.lastModified > SILENCE;
}

/** Whether what was said is written nowhere. */
export function isLossy(session: Session, facts: TranscriptFacts): boolean {
  return hasWorked(session) && !facts.exists && session.transcriptPath !== null;
}

function silence(session: Session, facts: TranscriptFacts, at: number): Issue[] {
  if (isLossy(session, facts))
    return [{ level: "critical", text: "the session has spent money and has no transcript" }];
  if (!isTranscriptStale(session, facts, at)) return [];
  return [{ level: "warning", text: "the transcript does not grow" }];
}

const hasWorked = ({ cost }: Session) => (cost.totalUsd ?? 0) > 0;

function above(percent: number | null, marks: Marks, text: string): Issue[] {
  if (percent === null || percent < marks.warning) return [];
  return [
    { level: percent >= marks.critical ? "critical" : "warning", text: `${percentage(percent)} ${text}` },
  ];
}
