/** The files that all sessions of one configuration directory share; every path is absolute. */
export interface Paths {
  /** `session-health/` itself. */
  readonly root: string;
  readonly cache: string;
  /** What each session showed last. */
  readonly frames: string;
  readonly locks: string;
  readonly log: string;
  /** `runtime-state.yaml`: profiles and sessions, for people and other programs. */
  readonly state: string;
  /** Shared billing, kept for programs that read it. */
  readonly billing: string;
  /** What cleanup drops goes here, compressed. */
  readonly archive: string;
  /** Error reports that wait to be sent, where a person wants them sent. */
  readonly reports: string;
  /** An empty folder that children run in. */
  readonly work: string;
}

export function pathsBelow(configDir: string): Paths {
  const root = `${configDir}/session-health`;
  return {
    root,
    cache: `${root}/cache`,
    frames: `${root}/frames`,
    locks: `${root}/locks`,
    log: `${root}/daemon.log`,
    state: `${root}/runtime-state.yaml`,
    billing: `${root}/billing-shared.json`,
    archive: `${root}/archive`,
    reports: `${root}/reports`,
    work: `${root}/work`,
  };
}

const MAX_ID = 128;

/**
 * Whether an id from outside may become a file name: letters, digits and, not at the beginning, `-` and `_`, so that
 * it can neither leave its folder nor hide in it. Session ids are UUIDs today.
 */
export function isSafeId(id: string): boolean {
  if (id === "" || id.length > MAX_ID || id === "billing-shared" || id === "former-statusline") return false;
  // A regular expression would cost a start more.
  for (let n = 0; n < id.length; n++) {
    const code = id.charCodeAt(n);
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    const isDigit = code >= 48 && code <= 57;
    if (!isLetter && !isDigit && (n === 0 || (code !== 45 && code !== 95))) return false;
  }
  return true;
}

/** Whether an id is a UUID, as Claude Code's session ids are. */
export function isUuid(id: string): boolean {
  if (id.length !== 36) return false;
  for (let n = 0; n < id.length; n++) {
    const isDash = n === 8 || n === 13 || n === 18 || n === 23;
    const code = id.charCodeAt(n) | 0x20;
    const isHex = (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
    if (isDash ? id[n] !== "-" : !isHex) return false;
  }
  return true;
}

/** The record of one session. @throws RangeError when the id may not become a file name. */
export function recordPath(paths: Paths, sessionId: string): string {
  if (!isSafeId(sessionId)) throw new RangeError("not a session id that can name a file");
  return `${paths.root}/${sessionId}.json`;
}

/** What one session showed last. @throws RangeError when the id may not become a file name. */
export function framePath(paths: Paths, sessionId: string): string {
  if (!isSafeId(sessionId)) throw new RangeError("not a session id that can name a file");
  return `${paths.frames}/${sessionId}.json`;
}

/** The name, without folder and extension, that a module's value for `key` has in `cache/` and `locks/`. */
export function entryName(moduleId: string, key: string): string {
  return `${moduleId}-${Bun.hash(key).toString(16).padStart(16, "0")}`;
}

/** The module whose cached value lies at `path`, or null when that is no cached value. */
export function sourceOf({ cache }: Paths, path: string): string | null {
  return path.startsWith(`${cache}/`) ? path.slice(cache.length + 1, path.lastIndexOf("-")) : null;
}
