import { CLOCK_SLACK } from "../cache/entry.ts";
import { programVersion } from "../cache/program-version.ts" with { type: "macro" };
import { type LastPart, type LastRender, readLastRender, type SeenFile } from "../cache/saved-frame.ts";
import { isSameLogin } from "../cache/session-profile.ts";
import { readEntryAt, valueHash } from "../cache/store.ts";
import { min } from "../lib/number.ts";
import { isSafeId, sourceOf } from "../paths.ts";
import { accountFile } from "../sources/account.ts";
import type { World } from "../world.ts";

/** A frame is made anew after this time at the latest, so that the session counts as alive. */
const STILL_ALIVE = 60_000;
/** What another version of the program has drawn is drawn anew. */
const VERSION = programVersion();

const DURATIONS = [`"total_duration_ms":`, `"total_api_duration_ms":`];
const SESSION_ID = `"session_id":`;

/** All that a frame is made from besides files and time: document, flags and environment. */
export interface Input {
  readonly text: string;
  readonly flags: readonly string[];
  /** Hash of the program's version, of environment and flags. */
  readonly environment: string;
  /** Hash of the document. @param exact false: a session's durations, which grow by themselves, do not count */
  hash(exact: boolean): string;
}

/** The input of this run. Its hash without durations is kept: most runs ask for it twice. */
export function inputOf(text: string, flags: readonly string[], { env }: World): Input {
  let rough: string | undefined;
  return {
    text,
    flags,
    environment: hashOf(JSON.stringify([VERSION, env, flags])),
    hash(exact) {
      if (exact) return hashOf(text);
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

/** The first session id in a document; should it be a part's and not the session's own, nothing of that render stands. */
function sessionIdIn(text: string): string {
  const start = text.indexOf(`"`, text.indexOf(SESSION_ID) + SESSION_ID.length) + 1;
  return start < SESSION_ID.length ? "" : text.slice(start, text.indexOf(`"`, start));
}

/**
 * The last render of the session in `text`.
 * @throws system errors other than ENOENT
 */
export function lastRenderOf(text: string, world: World): LastRender | null {
  const sessionId = sessionIdIn(text);
  return isSafeId(sessionId) ? readLastRender(world, sessionId) : null;
}

/** What still holds of a session's last render. */
export interface Standing {
  /** The frame may be printed again as it is. */
  readonly frame: boolean;
  /** Sources whose cached value is another now, or fresh no longer; the parts that show one do not hold. Null: no part does. */
  readonly renewed: Readonly<Record<string, true>> | null;
  /** The files of the parts that may hold, with the times that they have now. */
  readonly files: readonly SeenFile[];
}

const NOTHING: Standing = { frame: false, renewed: null, files: [] };

/**
 * What of the last render holds for this input. The frame does where document and environment are the same, no file
 * that it was made from has changed, and nothing on it changes by the clock. Its parts may where only the document, cached
 * values and the time are others.
 */
export function standingOf({ memo, frame }: LastRender, input: Input, world: World): Standing {
  const now = world.now();
  if (now < frame.at - CLOCK_SLACK || memo.environment !== input.environment) return NOTHING;
  const isSame = memo.document === input.hash(memo.exact);
  const renewed: Record<string, true> = {};
  let isRenewed = false;
  const files: SeenFile[] = [];
  for (const file of memo.files) {
    const still = stillOf(file, now, world);
    if (still !== null) {
      files.push(still);
      continue;
    }
    const source = sourceOf(world.paths, file[0]);
    if (source === null) return NOTHING;
    renewed[source] = true;
    isRenewed = true;
  }
  // A clock may be late by the rate limit; what files say never is.
  const isInTime = now < memo.until || now < memo.rateLimit;
  return { frame: isSame && !isRenewed && isInTime, renewed, files };
}

/** The file as it is now, if it holds what it held; a value only while it is fresh. */
function stillOf(file: SeenFile, now: number, world: World): SeenFile | null {
  const [path, mtime, value] = file;
  const time = world.mtime(path);
  if (value === undefined || time === null) return time === mtime ? file : null;
  if (time === mtime) return now < time + value.freshFor ? file : null;
  if (path === accountFile(world)) return isSameLogin(value.hash, world) ? [path, time, value] : null;
  try {
    const entry = readEntryAt(world, path);
    if (entry?.fetchedAt !== time || valueHash(entry) !== value.hash) return null;
    return time <= now + CLOCK_SLACK && now < time + value.freshFor ? [path, time, value] : null;
  } catch {
    return null; // Whoever draws the value anew tells of it.
  }
}

/** When the first of these parts changes by the clock alone, or is to be fetched. */
export function changesAt(parts: readonly Pick<LastPart, "until">[], now: number): number {
  let first = now + STILL_ALIVE;
  for (const { until } of parts) if (until !== null) first = min(first, until);
  return first;
}
