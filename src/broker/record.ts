import { recordPath } from "../lib/paths.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** What was printed last for a session. */
export interface Frame {
  readonly text: string;
  /** Hash of the input and of everything of the terminal that shaped it. */
  readonly input: string;
  /** Epoch ms. */
  readonly at: number;
}

/** One session's own file, `<session-id>.json`. Keys that are not ours are kept as they are. */
export interface SessionRecord {
  readonly sessionId: string;
  readonly projectPath: string | null;
  readonly transcriptPath: string | null;
  /** Epoch ms. */
  readonly firstSeen: number;
  readonly gatheredAt: number;
  /** What this program needs of its own. */
  readonly statusline: { readonly session: Session; readonly frame: Frame };
}

/**
 * Reads a session's record: null when there is none, when it is damaged, when it belongs to another session,
 * and when an older program wrote it, which knows no frame.
 * @throws system errors other than ENOENT
 */
export async function readRecord(world: World, sessionId: string): Promise<SessionRecord | null> {
  return parseRecord(await world.readText(recordPath(world.paths, sessionId)), sessionId);
}

/** The record in `text`, if it is one of `sessionId`. */
export function parseRecord(text: string | null, sessionId: string): SessionRecord | null {
  if (text === null) return null;
  try {
    const record = JSON.parse(text) as Partial<SessionRecord> | null;
    const own = record?.statusline;
    const complete =
      record?.sessionId === sessionId &&
      own?.session?.sessionId === sessionId &&
      Array.isArray(own.session.overrides); // Not in the records of an older version.
    return complete && typeof own.frame?.text === "string" ? (record as SessionRecord) : null;
  } catch {
    return null;
  }
}
