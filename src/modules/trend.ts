import { defineFetched } from "../define-module.ts";
import { tokens } from "../lib/quantity.ts";

/** How the context window has filled with the last replies. */
export const trend = defineFetched({
  moduleId: "trend",
  description: "how the context window has filled with the last replies",
  icons: ["📈", "\uf201", ""],
  uses: ["sessionId", "transcriptPath"],
  config: {
    refreshInterval: 10_000,
    cacheTTL: 3_600_000,
    stalenessThreshold: 7 * 86_400_000,
    timeout: 1000,
    maxRetries: 1,
    retryBackoff: 10_000,
    maxConcurrent: 3,
  },
  /** Tokens in the window after each of the last replies, oldest first. */
  schema: (t) => t.Array(t.Number({ minimum: 0 })),
  key: (session) => session.sessionId && session.transcriptPath && `trend:${session.sessionId}`,
  async fetch({ session, world }) {
    const { contextOfReplies } = await import("../sources/transcript.ts");
    return contextOfReplies(session.transcriptPath ?? "", world);
  },
  read: (_session, _world, growth) =>
    growth === null || growth === "pending" || growth.length < 2 ? null : growth,
  format(growth) {
    const added = (growth.at(-1) ?? 0) - (growth.at(-2) ?? 0);
    const last = { text: ` ${added < 0 ? "-" : "+"}${tokens(Math.abs(added))}`, tone: "muted" } as const;
    return [[{ spark: growth, tone: "accent" }, last], [{ spark: growth.slice(-6), tone: "accent" }]];
  },
});
