import { defineLive } from "../define-module.ts";
import { timeSpan, timeSpanChangesIn } from "../lib/quantity.ts";
import type { Form } from "../module.ts";

interface Cache {
  /** Milliseconds until it is cold; null when it is, or when that is not known. */
  readonly leftMs: number | null;
  readonly warm: boolean;
  /** 0 to 100. */
  readonly hitPercent: number | null;
  /** Why the last request missed it, when one did. */
  readonly missCause: string | null;
}

/** The prompt cache: how long it stays warm, and how much of the input came from it. */
export const promptcache = defineLive({
  moduleId: "promptcache",
  description: "the prompt cache: time until it is cold, share of hits, cause of the last miss",
  icons: ["🔥", "\uf1c0", "cache"],
  uses: ["promptCache"],
  read({ promptCache }, world): Cache | null {
    if (promptCache === null) return null;
    const { warm, expiresAt, hitRatio, misses, lastMissCause } = promptCache;
    const leftMs = expiresAt === null ? null : expiresAt * 1000 - world.now();
    const expired = leftMs !== null && leftMs <= 0;
    return {
      leftMs: expired ? null : leftMs,
      warm: warm && !expired,
      hitPercent: hitRatio === null ? null : Math.min(100, 100 * hitRatio),
      missCause: misses ? lastMissCause : null,
    };
  },
  until: ({ leftMs }, now) => (leftMs === null ? Infinity : now + timeSpanChangesIn(leftMs)),
  format({ leftMs, warm, hitPercent, missCause }) {
    const state: Form = warm
      ? [{ text: leftMs === null ? "warm" : `warm ${timeSpan(leftMs)}`, tone: "good" }]
      : [{ text: "cold", tone: "warn" }];
    const hits: Form =
      hitPercent === null ? [] : [{ text: ` ${Math.floor(hitPercent)}% hits`, tone: "muted" }];
    const forms: Form[] = [[...state, ...hits], state];
    if (missCause === null) return forms;
    const missed = { text: ` missed: ${missCause.replaceAll("_", " ")}`, tone: "muted" } as const;
    return [[...state, ...hits, missed], ...forms];
  },
});
