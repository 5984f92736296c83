import { sourceHash } from "../build-id.ts" with { type: "macro" };
import { CLOCK_SLACK } from "../cache/freshness.ts";
import { readFrame, type SavedFrame, type Stamp, type Validity } from "../cache/saved-frame.ts";
import { isSameLogin } from "../cache/session-profile.ts";
import { readEntryAt, valueHash } from "../cache/store.ts";
import { isSafeId } from "../paths.ts";
import { accountFile } from "../sources/login.ts";
import type { World } from "../world.ts";

/** A frame is valid for this long at most, so that the session counts as active. */
const MAX_AGE = 60_000;
/** What another build of the program has drawn is drawn again. */
const BUILD = sourceHash();

const DURATIONS = [`"total_duration_ms":`, `"total_api_duration_ms":`];
const SESSION_ID = `"session_id":`;

/** All that a frame is made from besides files and time: document, flags and environment. */
export interface Input {
  readonly text: string;
  readonly flags: readonly string[];
  /** Hash of the program's build, of environment and flags. */
  readonly environment: string;
  /** Hash of the document. @param durations whether the session's durations, which grow by themselves, are part of it */
  hash(durations: boolean): string;
}

/** The input of this run. Its hash without durations is kept: most runs ask for it twice. */
export function inputOf(text: string, flags: readonly string[], { env }: World): Input {
  let rough: string | undefined;
  return {
    text,
    flags,
    environment: hashOf(JSON.stringify([BUILD, env, flags])),
    hash(durations) {
      if (durations) return hashOf(text);
      rough ??= hashOf(withoutDurations(text));
      return rough;
    },
  };
}

function hashOf(text: string): string {
  return Bun.hash(text).toString(36);
}

function withoutDurations(text: string): string {
  let rest = text;
  for (const name of DURATIONS) rest = withoutNumber(rest, name);
  return rest;
}

/** `text` without the number after `name`. */
function withoutNumber(text: string, name: string): string {
  const at = text.indexOf(name);
  if (at < 0) return text;
  let end = at + name.length;
  while (" 0123456789.".includes(text[end] ?? "-")) end++;
  return text.slice(0, at) + text.slice(end);
}

/** The first session id in a document; should it be a part's and not the session's own, nothing is reused. */
export function sessionIdIn(text: string): string {
  const start = text.indexOf(`"`, text.indexOf(SESSION_ID) + SESSION_ID.length) + 1;
  return start < SESSION_ID.length ? "" : text.slice(start, text.indexOf(`"`, start));
}

/**
 * The saved frame of the session in `text`.
 * @throws system errors other than ENOENT
 */
export function savedFrameOf(text: string, world: World): SavedFrame | null {
  const sessionId = sessionIdIn(text);
  return isSafeId(sessionId) ? readFrame(world, sessionId) : null;
}

/** What of a saved frame may be used again. */
export interface Reuse {
  /** The frame as it is. */
  readonly frame: boolean;
  /** The frame's stamps with the times that the files have now, null for one that has changed. Null: no part may be used. */
  readonly stamps: readonly (Stamp | null)[] | null;
}

const NOTHING: Reuse = { frame: false, stamps: null };

/**
 * What of a saved frame may be used again for this input: all of it where input and stamps are equal and it is not past
 * its time. A part may be where that holds of the part; see `reusable-parts.ts`.
 */
export function reuseOf(saved: SavedFrame, input: Input, world: World): Reuse {
  const now = world.now();
  if (now < saved.at - CLOCK_SLACK || saved.environment !== input.environment) return NOTHING;
  let isUnchanged = saved.document === input.hash(saved.durations);
  const stamps: (Stamp | null)[] = [];
  for (const stamp of saved.stamps) {
    const current = currentStamp(stamp, now, world);
    stamps.push(current);
    if (current === null) isUnchanged = false;
  }
  return { frame: isUnchanged && now < saved.validUntil, stamps };
}

/** The stamp with the time that the file has now, if it holds what it held; a value only while it is fresh. */
function currentStamp(stamp: Stamp, now: number, world: World): Stamp | null {
  const [path, mtime, value] = stamp;
  const time = world.mtime(path);
  if (value === undefined || time === null) return time === mtime ? stamp : null;
  if (time === mtime) return now < time + value.freshFor ? stamp : null;
  if (path === accountFile(world)) return isSameLogin(value.hash, world) ? [path, time, value] : null;
  try {
    const entry = readEntryAt(world, path);
    if (entry?.fetchedAt !== time || valueHash(entry) !== value.hash) return null;
    return time <= now + CLOCK_SLACK && now < time + value.freshFor ? [path, time, value] : null;
  } catch {
    return null; // The error is reported when the value is read again.
  }
}

/**
 * When a frame of these parts on this screen is past its time: when the first of them is, but a clock may be late by the rate limit.
 * @param rateLimit milliseconds
 * @param deduplication whether a frame is used again at all once the rate limit is over
 */
export function frameValidUntil(
  parts: readonly Pick<Validity, "validUntil">[],
  screen: Pick<Validity, "validUntil">,
  now: number,
  { rateLimitMs, deduplication }: { readonly rateLimitMs: number; readonly deduplication: boolean },
): number {
  let first = deduplication ? now + MAX_AGE : now;
  if (screen.validUntil < first) first = screen.validUntil;
  for (const { validUntil } of parts) if (validUntil < first) first = validUntil;
  const limited = now + rateLimitMs;
  return first < limited ? limited : first;
}
