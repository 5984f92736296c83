import { sourceHash } from "../build-id.ts" with { type: "macro" };
import type { Drawn, PartFreshness, Screen } from "../look/screen.ts";
import { framePath } from "../paths.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** A file as it was when something was made from it: its modification time (null: there was none), and the value that it held. */
export type Stamp = readonly [path: string, mtime: number | null, value?: StampedValue];

/** A value in a file that is replaced now and then by one that holds the same: then the stamp is unchanged. */
interface StampedValue {
  readonly hash: string;
  /** Milliseconds after the file's time for which the value is fresh. */
  readonly freshFor: number;
}

/**
 * What was made from files and the clock may be used again while its input is equal, its stamps are unchanged, and it is
 * not past its time.
 */
export interface Validity {
  readonly stamps: readonly Stamp[];
  /** Epoch ms; `NEVER` for what no clock changes. */
  readonly validUntil: number;
}

export const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * What was printed last for a session: `frames/<session-id>.json`. Renders write it in place, which spares them the
 * 1.3 ms and more of `node:fs`; nothing in it is the only copy. A hash before the JSON distinguishes a whole file from
 * one that is being written. Blanks behind it keep the file from ever becoming shorter: one that shrinks while it is
 * mapped into memory would end the process that reads it.
 */
export interface SavedFrame extends Validity {
  readonly text: string;
  /** When it was made, epoch ms. */
  readonly at: number;
  /** From when on it is marked as stale where it is all that can be shown, epoch ms. */
  readonly staleAt: number;
  /** Hash of build, environment and flags. */
  readonly environment: string;
  /** Hash of the document. */
  readonly document: string;
  /** Whether the session's durations, which grow with every run, are part of that hash. */
  readonly durations: boolean;
  /** What only a new frame needs: parsed when it is first asked for. */
  details(): FrameDetails;
}

/** Stamps here are positions in the frame's own list. */
type Positions = readonly number[];

export interface FrameDetails {
  readonly session: Session;
  /** The settings that the parts were drawn with; see `settingsId`. */
  readonly settings: string;
  /** The files that hold configuration and account. */
  readonly base: Positions;
  readonly screen: SavedScreen;
  /** The parts of the frame, by module. */
  readonly parts: Readonly<Record<string, SavedPart>>;
}

/** The screen is made like a part; it has no place on the row. */
export interface SavedScreen extends Screen {
  readonly stamps: Positions;
  readonly validUntil: number;
}

export interface SavedPart {
  /** All its forms, as they are put on the screen. */
  readonly drawn: readonly Drawn[];
  readonly freshness: PartFreshness;
  /** When its module's `stalenessThreshold` is reached, epoch ms. */
  readonly staleAt: number;
  /** What of the session it was made from. */
  readonly uses: readonly (keyof Session)[];
  readonly stamps: Positions;
  readonly validUntil: number;
}

/** What is saved of a frame: as above, with stamps instead of positions. */
export interface NewFrame extends Omit<SavedFrame, "stamps" | "details"> {
  readonly session: Session;
  readonly settings: string;
  readonly base: readonly Stamp[];
  readonly screen: Screen & Validity;
  readonly parts: readonly (Omit<SavedPart, "stamps"> & Validity & { readonly moduleId: string })[];
}

/** More bytes than a session, its files and its parts ever come to: a longer file is damaged, and replaced. */
export const MAX_FRAME = 4 * 1024 * 1024;

/** Files are multiples of this long, bytes: a session, its files and its parts come to half of it. */
const LENGTH = 16_384;

/**
 * Reads a session's saved frame: null when there is none, when it is half-written or of another shape, and when it
 * is another session's.
 * @throws system errors other than ENOENT
 */
export function readFrame(world: World, sessionId: string): SavedFrame | null {
  return parseFrame(world.readReplaced(framePath(world.paths, sessionId), MAX_FRAME), sessionId);
}

/** The saved frame in `text`, if it is one of `sessionId`. */
export function parseFrame(text: string | null, sessionId: string): SavedFrame | null {
  if (text === null) return null;
  const content = text.slice(HASH_LENGTH, text.lastIndexOf("}") + 1);
  if (hashOf(content) !== text.slice(0, HASH_LENGTH)) return null;
  const cut = content.indexOf("\n");
  const frame = JSON.parse(content.slice(0, cut)) as SavedFrame & { readonly sessionId: string };
  if (frame.sessionId !== sessionId) return null;
  let details: FrameDetails | undefined;
  return {
    ...frame,
    details() {
      details ??= JSON.parse(content.slice(cut + 1)) as FrameDetails;
      return details;
    },
  };
}

/** @throws system errors */
export async function writeFrame(frame: NewFrame, world: World): Promise<void> {
  const { session, settings, base, screen, parts, ...shown } = frame;
  const { sessionId } = session;
  if (sessionId === null) return;
  const { stamps, positions } = numbered();
  // Kept parts come first: of two stamps of one file the older one counts.
  const saved: Record<string, SavedPart> = {};
  for (const { moduleId, ...part } of parts) saved[moduleId] = { ...part, stamps: positions(part.stamps) };
  const details: FrameDetails = {
    session,
    settings,
    base: positions(base),
    screen: { ...screen, stamps: positions(screen.stamps) },
    parts: saved,
  };
  const content = `${JSON.stringify({ sessionId, ...shown, stamps })}\n${JSON.stringify(details)}`;
  const path = framePath(world.paths, sessionId);
  const length = HASH_LENGTH + byteLength(content);
  const least = length + LENGTH - (length % LENGTH);
  const before = world.size(path);
  // Nobody maps one that is longer than any; it may become shorter.
  const whole = before > MAX_FRAME || before < least ? least : before;
  await world.write(path, hashOf(content) + content + " ".repeat(whole - length));
}

/** Each stamped file once, and where it is in the list. */
function numbered() {
  const stamps: Stamp[] = [];
  const known: Record<string, number> = {};
  const positions = (some: readonly Stamp[]): Positions => {
    const found: number[] = [];
    for (const stamp of some) {
      known[stamp[0]] ??= stamps.push(stamp) - 1;
      found.push(known[stamp[0]] as number);
    }
    return found;
  };
  return { stamps, positions };
}

/** `Buffer.byteLength` would cost a start 160 µs. */
function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

const HASH_LENGTH = 16;

/** The types that are saved are those of these files: a frame of another shape has another hash. */
const SHAPE = BigInt(sourceHash("cache/saved-frame.ts", "session.ts", "look/screen.ts"));

function hashOf(content: string): string {
  return Bun.hash(content, SHAPE).toString(16).padStart(HASH_LENGTH, "0");
}
