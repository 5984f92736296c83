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
 * A session as its last render saw it: `frames/<session-id>.json`. Renders write it in place, which spares them the
 * 1.3 ms and more of `node:fs`; nothing in it is anybody's only copy. A hash before the JSON tells a whole file from
 * one that is being written. Blanks behind it keep the file's length: one that shrinks while it is mapped into memory
 * would end the process that reads it.
 */
export interface LastRender {
  readonly session: Session;
  readonly frame: Frame;
  readonly memo: Memo;
}

/** Files are multiples of this long, bytes: a session and its files come to a third of it. */
const LENGTH = 16_384;

/**
 * Reads a session's last render: null when there is none, when it is half-written or an older version's, and when it
 * is another session's.
 * @throws system errors other than ENOENT
 */
export async function readLastRender(world: World, sessionId: string): Promise<LastRender | null> {
  return parseLastRender(await world.readReplaced(framePath(world.paths, sessionId)), sessionId);
}

/** The last render in `text`, if it is one of `sessionId`. */
export function parseLastRender(text: string | null, sessionId: string): LastRender | null {
  const cut = text?.indexOf("{") ?? -1;
  if (text === null || cut < 0) return null;
  const json = text.slice(cut).trimEnd();
  if (hashOf(json) !== text.slice(0, cut)) return null;
  const last = JSON.parse(json) as LastRender;
  return last.session.sessionId === sessionId ? last : null;
}

/** @throws system errors */
export async function writeLastRender(last: LastRender, world: World): Promise<void> {
  const { sessionId } = last.session;
  if (sessionId === null) return;
  const json = JSON.stringify(last);
  const bytes = Buffer.byteLength(json) + HASH_LENGTH;
  const blanks = " ".repeat(LENGTH - (bytes % LENGTH));
  await world.writeText(framePath(world.paths, sessionId), hashOf(json) + json + blanks);
}

const HASH_LENGTH = 16;

/** Differs between versions whose files differ in their shape, too. */
const SHAPE = 1n;

function hashOf(json: string): string {
  return Bun.hash(json, SHAPE).toString(16).padStart(HASH_LENGTH, "0");
}
