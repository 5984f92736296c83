import { writeAtomic } from "../lib/atomic.ts";
import { log } from "../lib/log.ts";
import { recordPath } from "../lib/paths.ts";
import type { Session } from "../session.ts";
import { type Fields, parseFields } from "../state/yaml-text.ts";
import type { World } from "../world.ts";
import type { Frame, SessionRecord } from "./record.ts";

/**
 * Writes a session's record over the one that was read before, keeping the keys of older programs.
 * @throws system errors
 */
export async function writeRecord(
  session: Session,
  frame: Frame,
  before: SessionRecord | null,
  world: World,
) {
  const { sessionId } = session;
  if (sessionId === null) return;
  const path = recordPath(world.paths, sessionId);
  const kept: Partial<SessionRecord> = before ?? fieldsOf(await world.readText(path));
  const record: SessionRecord = {
    ...kept,
    sessionId,
    projectPath: session.projectDir,
    transcriptPath: session.transcriptPath,
    firstSeen: typeof kept.firstSeen === "number" ? kept.firstSeen : frame.at,
    gatheredAt: frame.at,
    statusline: { session, frame },
  };
  writeAtomic(path, JSON.stringify(record));
  const was = before?.statusline.session.cost.durationMs ?? null;
  const is = session.cost.durationMs;
  if (was !== null && is !== null && is < was)
    log(world.paths.log, "warning", "session", `${sessionId}: its time went back from ${was} to ${is} ms`);
}

/**
 * Sets fields of a session's record that this program does not need itself. Writes nothing when they are there.
 * @throws system errors
 */
export async function updateRecord(world: World, sessionId: string, fields: Fields): Promise<void> {
  const path = recordPath(world.paths, sessionId);
  const before = fieldsOf(await world.readText(path));
  const after = { ...before, ...fields };
  if (!Bun.deepEquals(before, after)) writeAtomic(path, JSON.stringify(after));
}

/** A record of an older program: any JSON object. What is not one has nothing to keep. */
const fieldsOf = (text: string | null): Fields => parseFields(text ?? "{}") ?? {};
