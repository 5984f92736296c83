import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { compactionSettings } from "./compaction-settings.ts";
import type { ModelFacts } from "./model-facts.ts";
import { lastReply } from "./transcript.ts";

/** Reads the transcript's end and Claude Code's settings. @throws system errors about the transcript */
export function modelFacts({ transcriptPath, projectDir, model }: Session, world: World): ModelFacts {
  return {
    lastReplyModel: lastReply(transcriptPath ?? "", world)?.model ?? null,
    compaction: { model: model.id, ...compactionSettings(model.id, projectDir, world) },
  };
}
