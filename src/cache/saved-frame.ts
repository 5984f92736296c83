import { max } from "../lib/number.ts";
import type { DrawnForms, PartFreshness, Screen } from "../look/screen.ts";
import { framePath } from "../paths.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** What was printed last for a session. */
export interface Frame {
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A file that a render asked for, its modification time (null: there was none), and the fresh value that it held. */
export type SeenFile = readonly [path: string, mtime: number | null, value?: SeenValue];

/** A cached value that was fresh. As long as it is fetched anew and is the same, what shows it stands. */
interface SeenValue {
  readonly hash: string;
  /** Milliseconds after its file's time. */
  readonly freshFor: number;
}

/** What small files held, by path, with the modification time that they had. */
export type Texts = Readonly<Record<string, readonly [mtime: number, text: string]>>;

/** When a frame may be printed again as it is, or parts of it may stand. */
export interface Memo {
  /** Hash of all that the frame was made from but document, files and time; see `memo.ts`. */
  readonly environment: string;
  /** Hash of the document. */
  readonly document: string;
  /** Whether what the session counts by itself, its durations, is part of that hash. */
  readonly exact: boolean;
  /** Until then (epoch ms) an equal input and unchanged files give an equal frame, whatever the clock says. */
  readonly rateLimit: number;
  /** Until then (epoch ms) nothing on it changes by the clock alone. */
  readonly until: number;
  /** All files that it was made from. */
  readonly files: readonly SeenFile[];
}

/**
 * A session as its last render saw it: `frames/<session-id>.json`. Renders write it in place, which spares them the
 * 1.3 ms and more of `node:fs`; nothing in it is anybody's only copy. A hash before the JSON tells a whole file from
 * one that is being written. Blanks behind it keep the file from ever becoming shorter: one that shrinks while it is
 * mapped into memory would end the process that reads it.
 */
export interface LastRender {
  readonly frame: Frame;
  readonly memo: Memo;
  /** What only a new frame needs: parsed when it is first asked for. */
  rest(): Rest;
}

export interface Rest {
  readonly session: Session;
  readonly texts: Texts;
  readonly screen: LastScreen;
  /** The settings that the parts were drawn with; see `settingsId`. */
  readonly settings: string;
  /** The parts of the frame, by module. */
  readonly parts: Readonly<Record<string, LastPart>>;
}

/** A screen, and who told its width. */
export interface LastScreen extends Screen {
  /** The module whose cached value may tell it; null: only the environment does. */
  readonly source: string | null;
  /** When it is to be looked at anew whatever its source says (epoch ms); null: never. */
  readonly until: number | null;
}

/** A module's part of a frame, and what of the session it was made from. */
export interface LastPart extends DrawnForms {
  readonly freshness: PartFreshness;
  readonly uses: readonly (keyof Session)[];
  /** The module whose cached value it shows, if it shows one. */
  readonly source: string;
  /** When it changes by the clock alone, or a source that was not fresh is to be asked anew (epoch ms); null: never. */
  readonly until: number | null;
}

/** More bytes than a session, its files and its parts ever come to: a longer file is damaged, and replaced. */
export const MAX_FRAME = 4 * 1024 * 1024;

/** Files are multiples of this long, bytes: a session, its files and its parts come to half of it. */
const LENGTH = 16_384;

/**
 * Reads a session's last render: null when there is none, when it is half-written or an older version's, and when it
 * is another session's.
 * @throws system errors other than ENOENT
 */
export function readLastRender(world: World, sessionId: string): LastRender | null {
  return parseLastRender(world.readReplaced(framePath(world.paths, sessionId), MAX_FRAME), sessionId);
}

/** The last render in `text`, if it is one of `sessionId`. */
export function parseLastRender(text: string | null, sessionId: string): LastRender | null {
  if (text === null) return null;
  const content = text.slice(HASH_LENGTH, text.lastIndexOf("}") + 1);
  if (hashOf(content) !== text.slice(0, HASH_LENGTH)) return null;
  const cut = content.indexOf("\n");
  const shown = JSON.parse(content.slice(0, cut)) as LastRender & { readonly sessionId: string };
  if (shown.sessionId !== sessionId) return null;
  let rest: Rest | undefined;
  return {
    frame: shown.frame,
    memo: shown.memo,
    rest() {
      rest ??= JSON.parse(content.slice(cut + 1)) as Rest;
      return rest;
    },
  };
}

/** @throws system errors */
export async function writeLastRender(rest: Rest, frame: Frame, memo: Memo, world: World): Promise<void> {
  const { sessionId } = rest.session;
  if (sessionId === null) return;
  const content = `${JSON.stringify({ sessionId, frame, memo })}\n${JSON.stringify(rest)}`;
  const path = framePath(world.paths, sessionId);
  const length = HASH_LENGTH + byteLength(content);
  const least = length + LENGTH - (length % LENGTH);
  const before = world.size(path);
  // Nobody maps one that is longer than any; it may become shorter.
  const whole = before > MAX_FRAME ? least : max(before, least);
  await world.write(path, hashOf(content) + content + " ".repeat(whole - length));
}

/** `Buffer.byteLength` would cost a start 160 µs. */
function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

const HASH_LENGTH = 16;

/** Differs between versions whose files differ in their shape, too. */
const SHAPE = 4n;

function hashOf(content: string): string {
  return Bun.hash(content, SHAPE).toString(16).padStart(HASH_LENGTH, "0");
}
