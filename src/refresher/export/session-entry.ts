import type { Reading } from "../../frame/readings.ts";
import { timeSpan, wholePercent } from "../../lib/quantity.ts";
import { printable } from "../../lib/text.ts";
import type { Context } from "../../modules/context.ts";
import type { Git } from "../../modules/git.ts";
import type { Model } from "../../modules/model.ts";
import type { TmuxPane } from "../../modules/tmux.ts";
import type { SessionEntry } from "../../state/schema.ts";
import { healthOf, isLossy, isTranscriptStale, type Vitals } from "./health.ts";

/** What is known of a session; times are epoch ms. */
interface SessionFacts extends Vitals {
  /** When the session last rendered something new. */
  readonly gatheredAt: number;
  /** When the readings were made. */
  readonly now: number;
  /** Warnings about the session besides those of its document and of its values. */
  readonly warnings: readonly string[];
}

/** How reliable a model's name is, in percent: from the client, or from the transcript's last reply. */
const CONFIDENCE = { jsonInput: 98, transcript: 80 };
/** Less than this part of the window left until auto-compaction is near. */
const NEAR = 0.1;

/** A session as `runtime-state.yaml` has it; unknown fields are left out. */
export function sessionEntry(facts: SessionFacts): SessionEntry {
  const { session, gatheredAt } = facts;
  const invalid = warningsOf(facts);
  return {
    sessionId: session.sessionId ?? "",
    authProfile: session.profile?.id ?? "default",
    projectPath: session.projectDir,
    transcriptPath: session.transcriptPath,
    health: healthOf(facts, gatheredAt, invalid),
    ...modelFields(facts),
    ...contextFields(facts),
    ...gitFields(facts),
    ...tmuxFields(facts),
    ...transcriptFields(facts, invalid),
    metadata: { gatheredAt, lastActivity: gatheredAt },
  };
}

function dataOf<Data>(readings: readonly Reading[], moduleId: string): Data | null {
  return (readings.find(({ module }) => module.moduleId === moduleId)?.data as Data | undefined) ?? null;
}

function modelFields({ readings }: SessionFacts): Pick<SessionEntry, "model"> {
  const model = dataOf<Model>(readings, "model");
  if (model === null) return {};
  return { model: { value: model.name, source: model.source, confidence: CONFIDENCE[model.source] } };
}

function contextFields({ readings }: SessionFacts): Pick<SessionEntry, "context"> {
  const context = dataOf<Context>(readings, "context");
  if (context === null) return {};
  const { used, size, percent, untilCompaction } = context;
  return {
    context: {
      tokensUsed: used,
      tokensLeft: used === null || size === null ? null : Math.max(0, size - used),
      percentUsed: percent === null ? null : wholePercent(percent),
      windowSize: size,
      nearCompaction: untilCompaction !== null && size !== null && untilCompaction < size * NEAR,
    },
  };
}

function gitFields({ readings, now }: SessionFacts): Pick<SessionEntry, "git"> {
  const git = dataOf<Git>(readings, "git");
  const age = readings.find(({ module }) => module.moduleId === "git")?.ageMs ?? 0;
  if (git === null) return {};
  const status = git.status === "pending" ? null : git.status;
  const { ahead = 0, behind = 0, staged = 0, unstaged = 0, untracked = 0, conflicts = 0 } = status ?? {};
  const dirty = staged + unstaged + untracked + conflicts;
  const lastChecked = status === null ? 0 : now - age;
  return { git: { branch: git.head.branch ?? status?.branch ?? null, ahead, behind, dirty, lastChecked } };
}

function tmuxFields({ readings }: SessionFacts): Pick<SessionEntry, "tmux"> {
  const tmux = dataOf<TmuxPane>(readings, "tmux");
  return tmux === null ? {} : { tmux };
}

/** More characters of a warning than this are of what somebody else wrote. */
const LONGEST_WARNING = 200;

/** What is doubtful about a session: in its document, in its modules' values, and by what was known before. */
function warningsOf({ session, readings, warnings }: SessionFacts): string[] {
  const all = [...session.warnings, ...readings.flatMap((reading) => reading.warnings), ...warnings];
  return [...new Set(all.map((text) => printable(text).slice(0, LONGEST_WARNING)))];
}

function transcriptFields(
  { session, transcript, gatheredAt }: SessionFacts,
  invalidValues: string[],
): Pick<SessionEntry, "transcript" | "alerts"> {
  const { exists, sizeBytes, lastModified, messageCount, lastMessagePreview, secretTypes } = transcript;
  const ago = exists ? Math.max(0, gatheredAt - lastModified) : 0;
  return {
    transcript: {
      exists,
      sizeBytes,
      lastModified,
      lastModifiedAgo: exists ? (ago < 60_000 ? "<1m" : timeSpan(ago)) : "",
      messageCount,
      lastMessagePreview,
      isSynced: exists && !isTranscriptStale(session, transcript, gatheredAt),
    },
    alerts: {
      secretsDetected: secretTypes.length > 0,
      secretTypes: [...secretTypes],
      transcriptStale: isTranscriptStale(session, transcript, gatheredAt),
      dataLossRisk: isLossy(session, transcript),
      invalidValues,
    },
  };
}
