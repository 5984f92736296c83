import type { StatusModule } from "../module.ts";

export interface Model {
  readonly name: string;
  readonly source: "jsonInput" | "transcript";
}

interface Checked {
  /** Model id of the last reply in the transcript. */
  readonly lastReplyModel: string | null;
}

/** The session's model as the client names it, checked against the last reply in the transcript. */
export const model: StatusModule<Model, Checked> = {
  moduleId: "model",
  description: "the session's model",
  icons: ["🤖", "\uf2db", ""],
  uses: ["sessionId", "transcriptPath", "model"],
  config: {
    refreshInterval: 60_000,
    cacheTTL: 3_600_000,
    stalenessThreshold: 3_600_000,
    timeout: 1000,
    maxRetries: 1,
    retryBackoff: 10_000,
    maxConcurrent: 3,
  },
  schema: (t) => t.Object({ lastReplyModel: t.Union([t.String(), t.Null()]) }),
  key: (session) => session.sessionId && session.transcriptPath && `model:${session.sessionId}`,
  async fetch({ session, world }) {
    const { lastReply } = await import("../sources/transcript.ts");
    const reply = lastReply(session.transcriptPath ?? "", world);
    return { lastReplyModel: reply?.model ?? null };
  },
  crossCheck({ lastReplyModel }, session) {
    const { id } = session.model;
    if (lastReplyModel === null || id === null || sameModel(lastReplyModel, id)) return [];
    return [`model: the client says ${id}, the last reply in the transcript is by ${lastReplyModel}`];
  },
  read(session, _world, checked) {
    const name = session.model.displayName ?? session.model.id;
    if (name !== null) return { name, source: "jsonInput" };
    const last = checked === null || checked === "pending" ? null : checked.lastReplyModel;
    return last === null ? null : { name: last, source: "transcript" };
  },
  format({ name }) {
    // "Claude Opus 5.5" and "claude-opus-5-5" say no more than "Opus 5.5" and "opus-5-5" here.
    const isClaude = name.slice(0, "claude".length).toLowerCase() === "claude";
    const short =
      isClaude && " -".includes(name["claude".length] ?? "x") ? name.slice("claude ".length) : name;
    return [[{ text: short, tone: "strong" }]];
  },
};

/** Ids differ by a date (`-20251101`) or a marking of the window (`[1m]`) without being another model. */
function sameModel(a: string, b: string): boolean {
  const bare = (id: string) => id.replace(/\[.*\]$/, "").replace(/-\d{8}$/, "");
  return bare(a) === bare(b);
}
