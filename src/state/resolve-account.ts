import type { Session } from "../session.ts";
import type { KnownAccount } from "../sources/account-index.ts";
import type { Identity } from "../sources/login.ts";
import type { AuthProfile } from "./schema.ts";

/** Which profile a session belongs to, and what identified it. */
export interface Resolution {
  readonly profileId: string;
  readonly detectionMethod: "manual" | "auto" | "fingerprint";
  /** To be noted in the profile, where it has none or a weaker one. */
  readonly fingerprint: string | null;
  /** For a profile that has to be made. */
  readonly label: string;
}

export const DEFAULT_PROFILE = "default";
const DEFAULT_LABEL = "Primary Account";

/**
 * Who is logged in; null: no login. Undefined: that cannot be read just now. Then sessions stay where they were, and a new
 * one makes no profile.
 */
type Login = Identity | null | undefined;

/**
 * Identifies the profiles of sessions that render side by side, each with what was found for those before it: else two new
 * accounts would both become the default one. Sessions that had a profile come first: it stays theirs.
 * @param profiles where two have one id the first counts
 * @param before see `resolveProfile`
 * @param elsewhere the accounts of other configuration directories
 */
export function resolveProfiles(
  sessions: readonly Session[],
  profiles: readonly AuthProfile[],
  login: Login,
  before: (session: Session) => string | null,
  elsewhere: readonly KnownAccount[] = [],
): Resolution[] {
  const known = [...profiles];
  const windows = windowsOf(sessions);
  const resolutions: Resolution[] = [];
  const inTurn = sessions
    .map((session, n) => ({ session, n, before: before(session) }))
    .sort((a, b) => Number(a.before === null) - Number(b.before === null) || byId(a.session, b.session));
  for (const { session, n, before } of inTurn) {
    const resolution = resolveProfile(session, known, login, before, windows, elsewhere);
    const { profileId, label, fingerprint } = resolution;
    const at = known.findIndex((profile) => profile.profileId === profileId);
    const noted = { label, ...known[at], profileId, ...fingerprintFor(known[at], fingerprint) };
    known.splice(at < 0 ? known.length : at, 1, noted);
    resolutions[n] = resolution;
  }
  return resolutions;
}

function byId(a: Session, b: Session): number {
  return (a.sessionId ?? "") < (b.sessionId ?? "") ? -1 : 1;
}

/** A login is gone, and nothing says that the session, which had its profile, has another account since then. */
function isOnlyLoggedOut(before: string, windows: string | null, profiles: readonly AuthProfile[]): boolean {
  const isOther = profiles.some(({ billingFingerprint }) => billingFingerprint === windows);
  return !isOther && isLogin(profiles.find(({ profileId }) => profileId === before));
}

function isLogin(profile: AuthProfile | null | undefined): boolean {
  return profile?.billingFingerprint?.startsWith("account:") === true;
}

/** What identifies a profile from now on: a login stays, the limits' windows are weaker. */
export function fingerprintFor(
  profile: AuthProfile | null | undefined,
  fingerprint: string | null,
): Pick<AuthProfile, "billingFingerprint"> {
  return fingerprint === null || isLogin(profile) ? {} : { billingFingerprint: fingerprint };
}

/**
 * Tells a session's profile: `STATUSLINE_PROFILE` first, then a person's `pathPatterns`, then the login of the
 * configuration directory, then the reset times of the rate-limit windows, then what it was before, then
 * `default`. Pure: makes no profile, only names it.
 * @param before the session's profile so far, for a session that gives no sign of its own yet, or whose login is gone
 * @param windows those of it and the sessions beside it: a login is the account of all of them
 */
export function resolveProfile(
  session: Session,
  profiles: readonly AuthProfile[],
  login: Login,
  before: string | null,
  windows: readonly string[] = windowsOf([session]),
  elsewhere: readonly KnownAccount[] = [],
): Resolution {
  const { profileHint } = session;
  const byHand = profileHint === null ? byPath(session, profiles) : byName(profileHint, profiles, elsewhere);
  if (byHand !== null) return byHand;
  if (login) {
    const found = byFingerprint(profiles, login.fingerprint, windows);
    return of(found, "auto", login.fingerprint, login.email ?? "Account");
  }
  const own = windowsFingerprint(session);
  const stays = login === undefined || (before !== null && isOnlyLoggedOut(before, own, profiles));
  if (own !== null && !stays) return of(byFingerprint(profiles, own, []), "fingerprint", own, "Account");
  return of(before ?? DEFAULT_PROFILE, "auto", null, DEFAULT_LABEL);
}

/** The weekly window's place in the week, in minutes: an account's own, and the same every week. */
export function windowsFingerprint({ limits }: Session): string | null {
  const week = 7 * 86_400;
  const resetsAt = limits.sevenDay?.resetsAt ?? null;
  return resetsAt === null ? null : `windows:${Math.round((resetsAt % week) / 60) % (week / 60)}`;
}

function windowsOf(sessions: readonly Session[]): string[] {
  return sessions.flatMap((session) => windowsFingerprint(session) ?? []);
}

function of(
  profileId: string | null,
  detectionMethod: "auto" | "fingerprint",
  fingerprint: string | null,
  label: string,
): Resolution {
  if (profileId === DEFAULT_PROFILE) return { profileId, detectionMethod, fingerprint, label: DEFAULT_LABEL };
  const made = `${detectionMethod === "auto" ? "account" : "limits"}-${(fingerprint ?? "").replace(/^\w+:/, "").slice(0, 8)}`;
  return { profileId: profileId ?? made, detectionMethod, fingerprint, label };
}

/** A profile with this fingerprint, else one known by any of `weaker` only, else the default one while it is nobody's. */
function byFingerprint(
  profiles: readonly AuthProfile[],
  fingerprint: string,
  weaker: readonly string[],
): string | null {
  const own = profiles.find((profile) => profile.billingFingerprint === fingerprint);
  if (own !== undefined) return own.profileId;
  const known = profiles.find(({ billingFingerprint = "" }) => weaker.includes(billingFingerprint));
  if (known !== undefined) return known.profileId;
  const first = profiles.find((profile) => profile.profileId === DEFAULT_PROFILE);
  return first?.billingFingerprint === undefined ? DEFAULT_PROFILE : null;
}

/** An account that is known here, else a new one, with the label that an account of that id has in another directory. */
function byName(
  name: string,
  profiles: readonly AuthProfile[],
  elsewhere: readonly KnownAccount[],
): Resolution {
  const found =
    profiles.find(({ profileId }) => profileId === name) ??
    profiles.find(({ label, aliases = [] }) => label === name || aliases.includes(name)) ??
    elsewhere.find(({ profileId }) => profileId === name);
  const { profileId = name, label = name } = found ?? {};
  return { profileId, detectionMethod: "manual", fingerprint: null, label };
}

function byPath(session: Session, profiles: readonly AuthProfile[]): Resolution | null {
  const path = session.projectDir;
  if (path === null) return null;
  const found = profiles.find(({ pathPatterns = [] }) =>
    pathPatterns.some((glob) => new Bun.Glob(glob).match(path)),
  );
  return found === undefined
    ? null
    : { profileId: found.profileId, detectionMethod: "manual", fingerprint: null, label: found.label };
}
