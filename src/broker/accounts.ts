import type { Session, SessionProfile } from "../session.ts";
import { identityOf } from "../sources/account.ts";
import { isUsable } from "../state/check.ts";
import type { StateDocument } from "../state/document.ts";
import { type Resolution, resolveProfiles } from "../state/profiles.ts";
import type { AuthProfile } from "../state/schema.ts";
import { readState } from "../state/store.ts";
import type { World } from "../world.ts";
import { readEntry } from "./cache.ts";
import { note } from "./note.ts";
import { PROFILE, profileKey } from "./profile.ts";
import { step } from "./step.ts";

/** A session with its account, and how that was told. */
export interface Linked {
  readonly session: Session;
  readonly resolution: Resolution;
}

/** Which account the figures of this configuration directory belong to, and since when (epoch ms). */
interface Ownership {
  readonly profileId: string | null;
  /** null when it is the first. */
  readonly since: number | null;
}

/** Where the owner cannot be noted the figures are nobody's: they might be another account's. */
const NOBODY: Ownership = { profileId: null, since: null };

/**
 * Tells each session's account and notes it where renders read it. ccusage counts by configuration directory
 * and knows no accounts: so one account at a time owns the directory's figures, and a change of the owner is
 * noted with its time.
 */
export async function linkToProfiles(sessions: readonly Session[], world: World): Promise<Linked[]> {
  const state = currentState(world);
  const profiles = (state?.list("authProfiles") ?? []).filter((each) =>
    isUsable("authProfiles", each),
  ) as AuthProfile[];
  const resolutions = resolveProfiles(sessions, profiles, identityOf(world), ({ sessionId }) => {
    const before = state?.find("sessions", sessionId ?? "")?.authProfile;
    return typeof before === "string" ? before : null;
  });
  const labels = new Map(resolutions.map(({ profileId, label }) => [profileId, label]));
  for (const { profileId, label } of profiles) labels.set(profileId, label);
  const owner = (await step("account", world, () => noteOwner(ownerAmong(resolutions), world))) ?? NOBODY;
  return Promise.all(
    sessions.map(async (session, n) => {
      const resolution = resolutions[n] as Resolution;
      const id = resolution.profileId;
      const label = labels.size > 1 ? (labels.get(id) ?? id) : null;
      const profile: SessionProfile = { id, label, owner: id === owner.profileId, since: owner.since };
      const key = profileKey(session.sessionId ?? "", session.profileHint);
      await step("account", world, () => note(PROFILE, key, profile, world));
      return { session: { ...session, profile }, resolution };
    }),
  );
}

/** A state that cannot be read is told of when it is written; until then nobody's wishes are known. */
function currentState(world: World): StateDocument | null {
  try {
    return readState(world);
  } catch {
    return null;
  }
}

/** The account that is logged in here; only where nobody is, one that all sessions were given by hand. */
function ownerAmong(resolutions: readonly Resolution[]): string | null {
  const ids = (found: readonly Resolution[]) => [...new Set(found.map(({ profileId }) => profileId))];
  const own = ids(resolutions.filter(({ detectionMethod }) => detectionMethod !== "manual"));
  const candidates = own.length > 0 ? own : ids(resolutions);
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

function noteOwner(profileId: string | null, world: World): Ownership {
  const key = `owner:${world.configDir}`;
  const before = readEntry(world, "owner", key)?.data as Ownership | null | undefined;
  if (before && (before.profileId === profileId || profileId === null)) return { ...before, profileId };
  const ownership = { profileId, since: before ? world.now() : null };
  if (profileId !== null) note("owner", key, ownership, world);
  return ownership;
}
