import type { Session } from "../session.ts";
import type { Identity } from "../sources/account.ts";
import type { AuthProfile } from "./schema.ts";

/** Which profile a session belongs to, and by what it was told. */
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
 * Tells the profiles of sessions that render side by side, each with those before it told: or two accounts that are
 * both new would both be the default one.
 * @param before see `resolveProfile`
 */
export function resolveProfiles(
  sessions: readonly Session[],
  profiles: readonly AuthProfile[],
  identity: Identity | null,
  before: (session: Session) => string | null,
): Resolution[] {
  const known = new Map(profiles.map((profile) => [profile.profileId, profile]));
  return sessions.map((session) => {
    const resolution = resolveProfile(session, [...known.values()], identity, before(session));
    const { profileId, label } = resolution;
    const profile = known.get(profileId);
    known.set(profileId, {
      label,
      ...profile,
      profileId,
      ...fingerprintFor(profile, resolution.fingerprint),
    });
    return resolution;
  });
}

/** What a profile is told by from now on: a login stays, the limits' windows are weaker. */
export function fingerprintFor(
  profile: AuthProfile | null | undefined,
  fingerprint: string | null,
): Pick<AuthProfile, "billingFingerprint"> {
  const isLogin = profile?.billingFingerprint?.startsWith("account:") === true;
  return fingerprint === null || isLogin ? {} : { billingFingerprint: fingerprint };
}

/**
 * Tells a session's profile: `STATUSLINE_PROFILE` first, then a person's `pathPatterns`, then the login of the
 * configuration directory, then the reset times of the rate-limit windows, then what it was before, then
 * `default`. Pure: makes no profile, only names it.
 * @param before the session's profile so far, for a session that gives no sign of its own yet
 */
export function resolveProfile(
  session: Session,
  profiles: readonly AuthProfile[],
  identity: Identity | null,
  before: string | null,
): Resolution {
  const byHand =
    session.profileHint === null ? byPath(session, profiles) : byName(session.profileHint, profiles);
  if (byHand !== null) return byHand;
  const windows = windowsFingerprint(session);
  if (identity !== null) {
    const found = byFingerprint(profiles, identity.fingerprint, windows);
    return of(found, "auto", identity.fingerprint, identity.email ?? "Account");
  }
  if (windows !== null) return of(byFingerprint(profiles, windows, null), "fingerprint", windows, "Account");
  return of(before ?? DEFAULT_PROFILE, "auto", null, DEFAULT_LABEL);
}

/** The weekly window's place in the week, in minutes: an account's own, and the same every week. */
export function windowsFingerprint({ limits }: Session): string | null {
  const week = 7 * 86_400;
  const resetsAt = limits.sevenDay?.resetsAt ?? null;
  return resetsAt === null ? null : `windows:${Math.round((resetsAt % week) / 60) % (week / 60)}`;
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

/** A profile with this fingerprint; else the default one while it is nobody's, or known by `weaker` only. */
function byFingerprint(
  profiles: readonly AuthProfile[],
  fingerprint: string,
  weaker: string | null,
): string | null {
  const own = profiles.find((profile) => profile.billingFingerprint === fingerprint);
  if (own !== undefined) return own.profileId;
  const known =
    weaker === null ? undefined : profiles.find((profile) => profile.billingFingerprint === weaker);
  if (known !== undefined) return known.profileId;
  const first = profiles.find((profile) => profile.profileId === DEFAULT_PROFILE);
  return first?.billingFingerprint === undefined ? DEFAULT_PROFILE : null;
}

function byName(name: string, profiles: readonly AuthProfile[]): Resolution {
  const found = profiles.find(
    ({ profileId, label, aliases = [] }) => profileId === name || label === name || aliases.includes(name),
  );
  return { profileId: found?.profileId ?? name, detectionMethod: "manual", fingerprint: null, label: name };
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
