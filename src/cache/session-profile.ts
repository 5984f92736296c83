import type { Session, SessionProfile } from "../session.ts";
import { accountFile, identityOf } from "../sources/login.ts";
import type { World } from "../world.ts";
import type { Stamp } from "./saved-frame.ts";
import { readEntry } from "./store.ts";

/** Module names of the entries in which the refresher notes the account of a session, and of a login. */
export const PROFILE = "profile";
export const LOGIN = "login";

/** An account that the refresher has worked out for a session. */
export interface NotedProfile {
  readonly profile: SessionProfile;
  /** Fingerprint of the login that was there; null for none. Left out where the account does not depend on the login. */
  readonly login?: string | null;
}

/** The account that the refresher has noted for a session, independent of the present login. @throws system errors */
export function notedProfile({ sessionId, profileHint }: Session, world: World): NotedProfile | null {
  if (sessionId === null) return null;
  return (readEntry(world, PROFILE, profileKey(sessionId, profileHint))?.data ?? null) as NotedProfile | null;
}

/**
 * The session with its account, as far as that is proven: the one that was noted under the login that is there now, else
 * the one that this login is known to be. A login that is gone, or cannot be read just now, proves nothing else.
 * @throws system errors
 */
export function withProfile(session: Session, login: Login, world: World): Session {
  const noted = notedProfile(session, world);
  if (noted !== null && noted.login === undefined) return { ...session, profile: noted.profile };
  const holds = !login || noted?.login === login;
  if (noted !== null && holds) return { ...session, profile: noted.profile };
  if (!login || session.profileHint !== null) return session;
  const known = readEntry(world, LOGIN, loginKey(login, world))?.data as SessionProfile | null | undefined;
  return known ? { ...session, profile: known } : session;
}

/** Fingerprint of a login; null for none, undefined where it cannot be read just now. */
type Login = string | null | undefined;

/** The login that is there now. @throws system errors */
export function loginOf(world: World): Login {
  const identity = identityOf(world);
  return identity ? identity.fingerprint : identity;
}

/**
 * A stamp of the client's `.claude.json`: it is replaced at every prompt, and as long as it holds the same
 * login, the frame is still valid.
 */
export function loginStamp(login: Login, world: World): Stamp {
  const path = accountFile(world);
  return [path, world.mtime(path), { hash: String(login), freshFor: Number.MAX_SAFE_INTEGER }];
}

/** Whether a frame of these stamps was made under another login than the one in `login`; no login proves nothing. */
export function isOtherLogin(stamps: readonly Stamp[], login: Stamp): boolean {
  const now = login[2]?.hash ?? "";
  for (const [path, , value] of stamps) {
    if (path !== login[0] || value === undefined) continue;
    return value.hash !== now && isFingerprint(value.hash) && isFingerprint(now);
  }
  return false;
}

function isFingerprint(hash: string): boolean {
  return hash.startsWith("account:");
}

/** Whether `.claude.json` still names the login of that hash. */
export function isSameLogin(hash: string, world: World): boolean {
  return String(loginOf(world)) === hash;
}

/** The link holds for one session under one `STATUSLINE_PROFILE`. */
export function profileKey(sessionId: string, hint: string | null): string {
  return `profile:${sessionId}:${hint ?? ""}`;
}

/** What is known of a login holds in one configuration directory. */
export function loginKey(fingerprint: string, { configDir }: World): string {
  return `login:${configDir}:${fingerprint}`;
}
