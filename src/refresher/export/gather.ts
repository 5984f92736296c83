import { readEntry } from "../../cache/store.ts";
import { note } from "../../cache/write-entry.ts";
import { collect } from "../../frame/readings.ts";
import { recorded } from "../../frame/recorder.ts";
import { count } from "../../lib/fields.ts";
import type { StatusModule } from "../../module.ts";
import { recordPath } from "../../paths.ts";
import type { Session } from "../../session.ts";
import { type TranscriptFacts, transcriptFacts } from "../../sources/transcript-facts.ts";
import type { SessionEntry } from "../../state/schema.ts";
import { parseFields } from "../../state/yaml-text.ts";
import type { World } from "../../world.ts";
import type { Active } from "../active-sessions.ts";
import { isWanted } from "../jobs.ts";
import { step } from "../step.ts";
import { spentBy } from "./budget.ts";
import { MAX_RECORD } from "./record.ts";
import { sessionEntry } from "./session-entry.ts";

/** An active session, and its entry for the files. */
export interface Gathered extends Active {
  readonly entry: SessionEntry;
  /** The longest time that the session has ever reported, ms. */
  readonly longestDuration: number | null;
}

const NOTHING = { daily: null, weekly: null, monthly: null };

/** Reads what a session shows, and its transcript. */
export async function gather(
  active: Active,
  modules: readonly StatusModule[],
  world: World,
): Promise<Gathered> {
  const { session, settings, frame } = active;
  const wanted = modules.filter((module) => isWanted(module, settings));
  const readings = collect(wanted, settings, session, recorded(world, []));
  const times = { gatheredAt: frame.at, now: world.now() };
  const transcript = await transcriptOf(session, world);
  const spent = (await step("budget", world, () => spentBy(session, world))) ?? NOTHING;
  const { thresholds } = active;
  const longestDuration = (await step("session", world, () => longestOf(session, world))) ?? null;
  const warnings = timeWarnings(session.durations.totalMs, longestDuration);
  const entry = sessionEntry({ session, readings, transcript, thresholds, spent, warnings, ...times });
  return { ...active, entry, longestDuration };
}

/** The longest time that a session has ever reported, ms. @throws system errors */
function longestOf({ sessionId, durations }: Session, world: World): number | null {
  const record = sessionId === null ? null : world.readText(recordPath(world.paths, sessionId), MAX_RECORD);
  const { longestDuration, sessionDuration } = parseFields(record ?? "{}") ?? {};
  const known = [longestDuration, sessionDuration, durations.totalMs]
    .map(count)
    .filter((each) => each !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** A session's time only grows: where it went back its sums began again, or are another session's. */
function timeWarnings(duration: number | null, longest: number | null): string[] {
  if (duration === null || longest === null || duration >= longest) return [];
  return [`total_duration_ms went back from ${longest} to ${duration}`];
}

async function transcriptOf({ sessionId, transcriptPath }: Session, world: World): Promise<TranscriptFacts> {
  const key = `transcript:${sessionId}:${transcriptPath}`;
  const before = await step("transcript", world, () => readEntry(world, "transcript", key));
  const known = (before?.data ?? null) as TranscriptFacts | null;
  const facts = await transcriptFacts(transcriptPath ?? "", world, known);
  await step("transcript", world, () => note("transcript", key, facts, world));
  return facts;
}
