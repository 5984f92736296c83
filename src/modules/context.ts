import { defineBorrowed } from "../define-module.ts";
import { percentage, tokens } from "../lib/quantity.ts";
import {
  type Fetched,
  type Form,
  LIVE,
  PROJECT_MAY_SET,
  type Span,
  type Tone,
  type TypeBuilder,
} from "../module.ts";
import type { ContextWindow, Session } from "../session.ts";
import { type CompactionSettings, compactionLimit, DEFAULT_COMPACTION } from "../sources/compaction.ts";
import { type ModelFacts, modelFactsKey, modelFactsSchema } from "../sources/model-facts.ts";
import { type LastReply, lastReply } from "../sources/transcript.ts";
import type { World } from "../world.ts";

export interface Context {
  /** Tokens in the window; null before the first reply and after a compaction. */
  readonly used: number | null;
  readonly size: number | null;
  /** 0 to 100, or null when it is not known. */
  readonly percent: number | null;
  /** Tokens until the client compacts by itself; null when it does not, or that is not known. */
  readonly untilCompaction: number | null;
  /** The client says nothing of the use: it is what the transcript's last reply says. */
  readonly fromTranscript: boolean;
}

const options = (t: TypeBuilder) => ({
  cells: t.Integer({
    default: 10,
    minimum: 0,
    maximum: 60,
    description: "columns of the gauge; 0 for none",
    ...PROJECT_MAY_SET,
  }),
});

/** Behind counts that are from the transcript. */
const FROM_TRANSCRIPT = "*";

/**
 * How full the context window is. Claude Code's settings for compaction are cached with what else is known of the model: a
 * file of its own would cost each render a look at it.
 */
export const context = defineBorrowed({
  moduleId: "context",
  description:
    "how full the context window is (`*`: by the transcript), and what is left until auto-compaction",
  icons: ["🧠", "\uf0e4", "ctx"],
  uses: ["sessionId", "context", "transcriptPath", "model"],
  config: LIVE,
  source: {
    refreshInterval: 60_000,
    cacheTTL: 86_400_000,
    stalenessThreshold: 7 * 86_400_000,
    timeout: 1000,
    maxRetries: 1,
    retryBackoff: 10_000,
    maxConcurrent: 1,
  },
  options,
  cachedBy: "model",
  schema: modelFactsSchema,
  key: (session) => modelFactsKey(session),
  read(session, world, facts): Context | null {
    const { context: told } = session;
    const reply = told?.used || told?.usedPercent ? null : replyIn(session, world);
    const fromTranscript = reply !== null && reply.contextTokens !== null;
    const { used, size, percent, output } = fromTranscript
      ? byReply(reply, told?.size ?? null)
      : {
          used: told?.used ?? null,
          size: told?.size ?? null,
          percent: percentOf(told),
          output: told?.output ?? 0,
        };
    if (told === null && used === null) return null;
    const settings = compactionOf(facts, session);
    const limit = size === null ? null : compactionLimit(size, session.model.id, settings, world.env);
    const untilCompaction =
      used === null || limit === null ? null : Math.max(0, limit - used - (output ?? 0));
    return { used, size, percent, untilCompaction, fromTranscript: fromTranscript && told !== null };
  },
  format(data, { cells }) {
    const small = Math.min(6, cells);
    const { used, size, percent, untilCompaction, fromTranscript } = data;
    const tone = toneOf(data);
    const of = `${size === null ? "" : `/${tokens(size)}`}${fromTranscript ? FROM_TRANSCRIPT : ""}`;
    if (used === null && percent === null) {
      const unknown = { text: `–${of}`, tone: "muted" } as const;
      return [[...gauge(0, cells, tone), unknown], [...gauge(0, small, tone), unknown], [unknown]];
    }
    const amount = used === null ? "–" : tokens(used);
    if (percent === null) return [[{ text: `${amount} tokens`, tone: "plain" }]];
    const share: Span = { text: percentage(percent), tone };
    const counts: Span = { text: ` ${amount}${of}`, tone: "muted" };
    const [wide, narrow] = [gauge(percent, cells, tone), gauge(percent, small, tone)];
    const forms: Form[] = [];
    if (untilCompaction !== null) {
      const left = (label: string): Span => ({
        text: ` · ${tokens(untilCompaction)} ${label}`,
        tone: "muted",
      });
      forms.push([...wide, share, counts, left("until compaction")], [...wide, share, counts, left("left")]);
    }
    forms.push([...wide, share, counts], [...narrow, share, counts], [...narrow, share], [share]);
    return forms;
  },
});

function gauge(percent: number, cells: number, tone: Tone): Form {
  if (cells === 0) return [];
  return [
    { bar: percent / 100, cells, tone },
    { text: " ", tone: "plain" },
  ];
}

function toneOf({ percent, untilCompaction, size }: Context): Tone {
  if (percent === null) return "muted";
  if (percent >= 90 || untilCompaction === 0) return "bad";
  if (percent >= 75 || (untilCompaction !== null && size !== null && untilCompaction < size * 0.1))
    return "warn";
  return "good";
}

/** Until the settings for this model are known the defaults apply. */
function compactionOf(facts: Fetched<ModelFacts>, { model }: Pick<Session, "model">): CompactionSettings {
  if (facts === null || facts === "pending" || facts.compaction.model !== model.id) return DEFAULT_COMPACTION;
  return facts.compaction;
}

/** Where nothing is known of a window, the 0 % of it is nothing known either. */
function percentOf(told: ContextWindow | null): number | null {
  return told?.usedPercent || (told?.used == null ? null : told.usedPercent);
}

function byReply({ contextTokens: used, outputTokens: output }: LastReply, window: number | null) {
  const size = window !== null && used !== null && used <= window ? window : null;
  return { used, size, percent: used === null || size === null ? null : (100 * used) / size, output };
}

// Older clients send no context_window; one that resumes a session sends zeros until the next reply.
function replyIn({ transcriptPath }: Pick<Session, "transcriptPath">, world: World): LastReply | null {
  // Asked for its time first: a session's first row has no transcript yet, and to open one would cost the start 1.3 ms.
  return transcriptPath === null || world.mtime(transcriptPath) === null
    ? null
    : lastReply(transcriptPath, world);
}
