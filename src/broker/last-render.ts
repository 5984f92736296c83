import { framePath } from "../lib/paths.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** What was printed last for a session. */
export interface Frame {
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A file that a render asked for, its modification time (null: there was none), and what a small one held. */
export type SeenFile = readonly [path: string, mtime: number | null, text?: string];

/** When a frame may be printed again as it is, without anything being worked out. */
export interface Memo {
  /** Hash of input and environment; see `memo.ts`. */
  readonly input: string;
  /** Whether what the session counts by itself, its durations, is part of the hash. */
  readonly exact: boolean;
  /** Until then (epoch ms) an equal input gives an equal frame, whatever has changed. */
  readonly rateLimit: number;
  /** Until then (epoch ms) nothing on it changes by the clock alone. */
  readonly until: number;
  /** All files that it was made from. */
  readonly files: readonly SeenFile[];
}

/**
 * A session as its last render saw it: `frames/<session-id>.json`. Renders write it in place, which is quick; a
 * reader that meets it half-written has nothing, and nothing in it is anybody's only copy.
 */
export interface LastRender {
  readonly session: Session;
  readonly frame: Frame;
  readonly memo: Memo;
}

/**
 * Reads a session's last render: null when there is none, when it is damaged or an older version's, and when it is
 * another session's.
 * @throws system errors other than ENOENT
 */
export async function readLastRender(world: World, sessionId: string): Promise<LastRender | null> {
  return parseLastRender(await world.readText(framePath(world.paths, sessionId)), sessionId);
}

/** The last render in `text`, if it is one of `sessionId`. */
export function parseLastRender(text: string | null, sessionId: string): LastRender | null {
  if (text === null) return null;
  try {
    const last = JSON.parse(text) as Partial<LastRender> | null;
    const complete = last?.session?.sessionId === sessionId && Array.isArray(last.session.overrides);
    return complete && typeof last.frame?.text === "string" && Array.isArray(last.memo?.files)
      ? (last as LastRender)
      : null;
  } catch {
    return null;
  }
}

/** @throws system errors */
export async function writeLastRender(last: LastRender, world: World): Promise<void> {
  const { sessionId } = last.session;
  if (sessionId !== null) await world.writeText(framePath(world.paths, sessionId), JSON.stringify(last));
}
