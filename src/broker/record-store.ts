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
): Promise<void> {
  const { sessionId } = session;
  if (sessionId === null) return;
  const path = recordPath(world.paths, sessionId);
  const stored = before === null ? await world.readText(path) : null;
  const kept: Partial<SessionRecord> = before ?? fieldsOf(stored);
  const record: SessionRecord = {
    ...kept,
    sessionId,
    projectPath: session.projectDir,
    transcriptPath: session.transcriptPath,
    firstSeen: typeof kept.firstSeen === "number" ? kept.firstSeen : frame.at,
    gatheredAt: frame.at,
    statusline: { session, frame },
  };
  const text = JSON.stringify(record);
  // The first record of a session replaces nothing that a reader could miss, and is spared the 1.3 ms of node:fs.
  if (before === null && stored === null) return world.writeText(path, text);
  const [{ writeAtomic }, { log }] = await Promise.all([import("../lib/atomic.ts"), import("../lib/log.ts")]);
  writeAtomic(path, text);
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
  if (Bun.deepEquals(before, after)) return;
  const { writeAtomic } = await import("../lib/atomic.ts");
  writeAtomic(path, JSON.stringify(after));
}

/** A record of an older program: any JSON object. What is not one has nothing to keep. */
const fieldsOf = (text: string | null): Fields => parseFields(text ?? "{}") ?? {};
