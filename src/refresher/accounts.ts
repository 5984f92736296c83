import {
  LOGIN,
  loginKey,
  type NotedProfile,
  notedProfile,
  PROFILE,
  profileKey,
} from "../cache/session-profile.ts";
import { readEntry } from "../cache/store.ts";
import { note } from "../cache/write-entry.ts";
import type { Session, SessionProfile } from "../session.ts";
import { knownAccounts } from "../sources/account-index.ts";
import { identityOf } from "../sources/login.ts";
import { noteAccounts } from "../state/account-index.ts";
import { isUsable } from "../state/check.ts";
import type { StateDocument } from "../state/document.ts";
import { type Resolution, resolveProfiles } from "../state/resolve-account.ts";
import type { AuthProfile } from "../state/schema.ts";
import { readState } from "../state/store.ts";
import { type Thresholds, thresholdsOf } from "../state/thresholds.ts";
import { isFields } from "../state/yaml-text.ts";
import type { World } from "../world.ts";
import { accountsHere, labelsOf, named } from "./account-labels.ts";
import { step } from "./step.ts";

/** A session with its account, and how that was found out. */
export interface Linked {
  readonly session: Session;
  readonly resolution: Resolution;
  /** From which figures on its health suffers. */
  readonly thresholds: Thresholds;
}

/** Which account the figures of this configuration directory belong to, and since when (epoch ms). */
interface Ownership {
  readonly profileId: string | null;
  /** null when it is the first. */
  readonly since: number | null;
}

/** If the owner cannot be stored, the figures belong to no account: they might be another one's. */
const NOBODY: Ownership = { profileId: null, since: null };

/**
 * Finds out each session's account and stores it where renders read it. ccusage counts by configuration directory
 * and knows no accounts: so one account at a time owns the directory's figures, and a change of the owner is
 * noted with its time.
 */
export async function linkToProfiles(sessions: readonly Session[], world: World): Promise<Linked[]> {
  const state = currentState(world);
  const profiles = (state?.list("authProfiles") ?? []).flatMap(knownProfile);
  const login = identityOf(world);
  const known = (await step("account", world, () => knownAccounts(world))) ?? [];
  const elsewhere = known.filter(({ configDir }) => configDir !== world.configDir);
  const before = (session: Session) => {
    const linked = state?.find("sessions", session.sessionId ?? "")?.authProfile;
    return typeof linked === "string" ? linked : (notedProfile(session, world)?.profile.id ?? null);
  };
  const resolutions = resolveProfiles(sessions, profiles, login, before, elsewhere).map((each) =>
    named(each, login, elsewhere),
  );
  const loggedIn =
    login && profiles.find(({ billingFingerprint }) => billingFingerprint === login.fingerprint);
  const own = accountsHere(profiles, resolutions, world);
  // A state that cannot be read has lost accounts only for the moment.
  const noted = state === null ? null : await step("account", world, () => noteAccounts(own, world));
  const labels = labelsOf(own, noted ?? [...elsewhere, ...own], login, world);
  const owner =
    (await step("account", world, () => noteOwner(ownerAmong(resolutions, loggedIn), world))) ?? NOBODY;
  // Where paths decide, the login alone does not determine a session's account.
  const hasPatterns = profiles.some(({ pathPatterns = [] }) => pathPatterns.length > 0);
  return Promise.all(
    sessions.map(async (session, n) => {
      const resolution = resolutions[n] as Resolution;
      const id = resolution.profileId;
      const label = labels?.get(id) ?? null;
      const name = label ?? own.find(({ profileId }) => profileId === id)?.label ?? id;
      const profile: SessionProfile = { id, name, label, owner: id === owner.profileId, since: owner.since };
      const key = profileKey(session.sessionId ?? "", session.profileHint);
      const byHand = resolution.detectionMethod === "manual";
      const link: NotedProfile = { profile, ...(byHand ? {} : { login: login?.fingerprint ?? null }) };
      // What was noted under a login that cannot be read just now is noted under the one before.
      if (login !== undefined) await step("account", world, () => note(PROFILE, key, link, world));
      if (login && !byHand && !hasPatterns)
        await step("account", world, () => note(LOGIN, loginKey(login.fingerprint, world), profile, world));
      return { session: { ...session, profile }, resolution, thresholds: thresholdsOf(state, id) };
    }),
  );
}

/** A state that cannot be read is reported when it is written; until then there are no labels or patterns. */
function currentState(world: World): StateDocument | null {
  try {
    return readState(world);
  } catch {
    return null;
  }
}

/** A profile with wrong types is not used, but its fingerprint is not given to another one either. */
function knownProfile(entry: unknown): AuthProfile[] {
  if (isUsable("authProfiles", entry)) return [entry as AuthProfile];
  if (!isFields(entry) || typeof entry.profileId !== "string") return [];
  const { profileId, billingFingerprint } = entry;
  const told = typeof billingFingerprint === "string" ? billingFingerprint : "unknown";
  return [{ profileId, label: profileId, billingFingerprint: told }];
}

/**
 * The account that is logged in here; if there is no login, one that all sessions were given by hand. A session without
 * a fingerprint does not count beside one that has one.
 */
function ownerAmong(
  resolutions: readonly Resolution[],
  loggedIn: AuthProfile | null | undefined,
): string | null {
  const own = resolutions.filter(({ detectionMethod }) => detectionMethod !== "manual");
  const signs = own.filter(({ fingerprint }) => fingerprint !== null);
  const told = [signs, own].find(({ length }) => length > 0) ?? (loggedIn ? [loggedIn] : resolutions);
  const [candidate = null, ...others] = new Set(told.map(({ profileId }) => profileId));
  return others.length === 0 ? candidate : null;
}

function noteOwner(profileId: string | null, world: World): Ownership {
  const key = `owner:${world.configDir}`;
  const before = readEntry(world, "owner", key)?.data as Ownership | null | undefined;
  if (before && (before.profileId === profileId || profileId === null)) return { ...before, profileId };
  const ownership = { profileId, since: before ? world.now() : null };
  if (profileId !== null) note("owner", key, ownership, world);
  return ownership;
}
