import type { Windows } from "../modules/limits.ts";
import type { Session } from "../session.ts";
import type { TranscriptFacts } from "../sources/transcript-facts.ts";
import type { SessionEntry } from "../state/schema.ts";
import type { Reading } from "./collect.ts";

/** From these on a figure is worth a warning, or is critical; percent. */
const CONTEXT = { warning: 75, critical: 90 };
const LIMIT = { warning: 80, critical: 95 };
const LIMIT_NAMES: Readonly<Record<string, string>> = { "5h": "5-hour", "7d": "weekly", spend: "spending" };
/** A session that works writes to its transcript within this time. */
const SILENCE = 5 * 60_000;

type Health = NonNullable<SessionEntry["health"]>;

interface Issue {
  readonly level: "warning" | "critical";
  readonly text: string;
}

/** A session's health with the reasons. `lastUpdate` is the time of the facts, epoch ms. */
export function healthOf(
  session: Session,
  readings: readonly Reading[],
  facts: TranscriptFacts,
  at: number,
): Health {
  const issues = [
    ...above(session.context?.usedPercent ?? null, CONTEXT, "of the context window used"),
    ...limitsOf(readings).flatMap(({ name, usedPercent }) =>
      above(usedPercent, LIMIT, `of the ${LIMIT_NAMES[name] ?? name} limit used`),
    ),
    ...readings.flatMap(({ module, freshness }): Issue[] =>
      freshness === "stale" ? [{ level: "warning", text: `${module.moduleId} is stale` }] : [],
    ),
    ...silence(session, facts, at),
  ];
  const critical = issues.some(({ level }) => level === "critical");
  const status = critical ? "critical" : issues.length > 0 ? "warning" : "healthy";
  return { status, lastUpdate: at, issues: issues.map(({ text }) => text) };
}

function limitsOf(readings: readonly Reading[]): Windows {
  const reading = readings.find(({ module }) => module.moduleId === "limits");
  return (reading?.data as Windows | null | undefined) ?? [];
}

/** Whether the session works and its transcript does not tell of it. */
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

function above(percent: number | null, marks: { warning: number; critical: number }, text: string): Issue[] {
  if (percent === null || percent < marks.warning) return [];
  return [
    { level: percent >= marks.critical ? "critical" : "warning", text: `${Math.round(percent)}% ${text}` },
  ];
}
