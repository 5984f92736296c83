import { floor, max, min, round } from "../lib/number.ts";
import { tokens } from "../lib/quantity.ts";
import type { Form, OptionsOf, Span, StatusModule, Tone, TypeBuilder } from "../module.ts";
import type { Session } from "../session.ts";
import { lastReply } from "../sources/transcript.ts";
import type { Env, World } from "../world.ts";

export interface Context {
  /** Tokens in the window; null before the first reply and after a compaction. */
  readonly used: number | null;
  readonly size: number | null;
  /** 0 to 100, or null when it is not known. */
  readonly percent: number | null;
  /** Tokens until the client compacts by itself; null when it does not, or that is not known. */
  readonly untilCompaction: number | null;
}

const options = (t: TypeBuilder) => ({
  cells: t.Integer({ default: 10, minimum: 0, maximum: 60, description: "columns of the gauge; 0 for none" }),
});

/** How full the context window is, by the client's own figures. */
export const context: StatusModule<Context, unknown, OptionsOf<typeof options>> = {
  moduleId: "context",
  description: "how full the context window is, and what is left until auto-compaction",
  icons: ["🧠", "\uf0e4", "ctx"],
  uses: ["context", "transcriptPath"],
  options,
  read(session, world) {
    const used = session.context === null ? usedByTranscript(session, world) : session.context.used;
    const size = session.context?.size ?? null;
    if (session.context === null && used === null) return null;
    // 0 % of a window of which nothing is known is nothing known.
    const told = session.context?.usedPercent || (used === null ? null : session.context?.usedPercent);
    const percent = told ?? (used !== null && size !== null ? (100 * used) / size : null);
    const limit = size === null ? null : compactionLimit(size, world.env);
    const untilCompaction = used === null || limit === null ? null : max(0, limit - used);
    return { used, size, percent, untilCompaction };
  },
  format(data, { cells }) {
    const small = min(6, cells);
    const { used, size, percent, untilCompaction } = data;
    const tone = toneOf(data);
    const of = size === null ? "" : `/${tokens(size)}`;
    if (used === null && percent === null) {
      const unknown = { text: `–${of}`, tone: "muted" } as const;
      return [[...gauge(0, cells, tone), unknown], [...gauge(0, small, tone), unknown], [unknown]];
    }
    const amount = used === null ? "–" : tokens(used);
    if (percent === null) return [[{ text: `${amount} tokens`, tone: "plain" }]];
    const share: Span = { text: `${round(percent)}%`, tone };
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
};

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

// Older clients send no context_window; then the last reply's usage is the same figure.
function usedByTranscript(session: Session, world: World): number | null {
  if (session.transcriptPath === null) return null;
  return lastReply(session.transcriptPath, world)?.contextTokens ?? null;
}

// Read in Claude Code 2.1.329: it keeps 20,000 tokens of the window for a reply and compacts 13,000 before that.
const REPLY_RESERVE = 20_000;
const SUMMARY_BUFFER = 13_000;

/** Tokens at which the client compacts by itself, or null when the environment switches that off. */
function compactionLimit(size: number, env: Env): number | null {
  for (const off of [env.DISABLE_COMPACT, env.DISABLE_AUTO_COMPACT]) if (off && isYes(off)) return null;
  const configured = Number(env.CLAUDE_CODE_AUTO_COMPACT_WINDOW);
  const window = (configured > 0 ? min(size, configured) : size) - REPLY_RESERVE;
  const percent = Number(env.CLAUDE_AUTOCOMPACT_PCT_OVERRIDE);
  const limit = window - SUMMARY_BUFFER;
  if (limit <= 0) return null;
  return percent > 0 && percent <= 100 ? min(floor((window * percent) / 100), limit) : limit;
}

function isYes(text: string): boolean {
  return /^(1|true|yes|on)$/i.test(text);
}
