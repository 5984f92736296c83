import type { StateDocument } from "./document.ts";
import { DEFAULT_PROFILE, fingerprintFor } from "./resolve-account.ts";
import type { AuthProfile, Billing, SessionEntry } from "./schema.ts";
import type { YamlFields } from "./yaml-text.ts";

/** What a new profile opens with: places for a person to write in. */
const EMPTY = { pathPatterns: [], aliases: [] };

export function getAuthProfile(state: StateDocument, profileId: string): AuthProfile | null {
  return state.find("authProfiles", profileId) as AuthProfile | null;
}

export function getSession(state: StateDocument, sessionId: string): SessionEntry | null {
  return state.find("sessions", sessionId) as SessionEntry | null;
}

/**
 * Makes a profile, or brings one up to date. A label that is there stays, and so does a fingerprint of the
 * login; `firstSeen` and `totalSessions` go on.
 */
export function upsertAuthProfile(
  state: StateDocument,
  { profileId, label, billingFingerprint, metadata }: AuthProfile,
): void {
  const before = getAuthProfile(state, profileId);
  const byHand = before?.metadata?.detectionMethod === "manual";
  const { firstSeen, lastUsed = 0, totalSessions = 0 } = before?.metadata ?? {};
  state.upsert("authProfiles", profileId, {
    ...(before === null ? { label, ...EMPTY } : {}),
    ...fingerprintFor(before, billingFingerprint ?? null),
    ...(metadata === undefined
      ? {}
      : {
          metadata: {
            detectionMethod: byHand ? "manual" : (metadata.detectionMethod as string),
            firstSeen: firstSeen ?? metadata.firstSeen,
            lastUsed: Math.max(lastUsed, metadata.lastUsed),
            totalSessions: before === null ? metadata.totalSessions : totalSessions,
          },
        }),
  });
}

/** Sets a profile's billing; keys of it that are not ours stay. */
export function updateAuthProfileBilling(state: StateDocument, profileId: string, billing: Billing): void {
  state.upsert("authProfiles", profileId, { billing: billing as unknown as YamlFields });
}

/**
 * Writes a session. Its profile's `totalSessions` grows when the session is new to that profile: one that comes back to an
 * account (`formerProfiles`) is not counted twice.
 */
export function upsertSession(state: StateDocument, session: SessionEntry): void {
  const { sessionId, ...fields } = session;
  const { authProfile } = session;
  // Taken out before the upsert, which changes the entry itself.
  const { authProfile: last = null, formerProfiles: former = [] } = getSession(state, sessionId) ?? {};
  const left = last === null || last === authProfile ? former : [...new Set([...former, last])];
  const noted = left.length > 0 ? { formerProfiles: left } : {};
  state.upsert("sessions", sessionId, { ...(fields as unknown as YamlFields), ...noted });
  const total = getAuthProfile(state, authProfile)?.metadata?.totalSessions;
  if (last === authProfile || former.includes(authProfile) || typeof total !== "number") return;
  state.upsert("authProfiles", authProfile, { metadata: { totalSessions: total + 1 } });
}

/** Takes a session out. @returns its text, or null when there was none */
export function removeSession(state: StateDocument, sessionId: string): string | null {
  return state.remove("sessions", sessionId);
}

/** Makes the `default` profile where there is none. `now` is epoch ms. */
export function ensureDefaultAuthProfile(state: StateDocument, now: number): void {
  if (getAuthProfile(state, DEFAULT_PROFILE) !== null) return;
  const metadata = { detectionMethod: "auto", firstSeen: now, lastUsed: now, totalSessions: 0 };
  upsertAuthProfile(state, { profileId: DEFAULT_PROFILE, label: "Primary Account", metadata });
}
