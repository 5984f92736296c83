import type { TypeBuilder } from "../module.ts";
import type { Session } from "../session.ts";
import type { CompactionSettings } from "./compaction.ts";

/** What files contain about a session's model. */
export interface ModelFacts {
  /** Model id of the last reply in the transcript. */
  readonly lastReplyModel: string | null;
  /** What Claude Code's settings say about compaction for the model of that id. */
  readonly compaction: CompactionSettings & { readonly model: string | null };
}

/** TypeBox type of these. */
export const modelFactsSchema = (t: TypeBuilder) => {
  const id = t.Union([t.String(), t.Null()]);
  const window = t.Union([t.Number({ minimum: 1 }), t.Null()]);
  return t.Object({ lastReplyModel: id, compaction: t.Object({ model: id, enabled: t.Boolean(), window }) });
};

/** Where these facts are cached; null for a session that has no files. */
export function modelFactsKey({
  sessionId,
  transcriptPath,
}: Pick<Session, "sessionId" | "transcriptPath">): string | null {
  return sessionId && transcriptPath && `model:${sessionId}`;
}
