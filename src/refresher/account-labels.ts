import { baseName } from "../lib/paths.ts";
import { accountId, type KnownAccount } from "../sources/account-index.ts";
import type { Identity } from "../sources/login.ts";
import { DEFAULT_PROFILE, type Resolution } from "../state/resolve-account.ts";
import type { AuthProfile } from "../state/schema.ts";
import type { World } from "../world.ts";

/** A default account is called by its login where it is not the only one on this machine. */
export function named(
  resolution: Resolution,
  login: Identity | null | undefined,
  elsewhere: readonly KnownAccount[],
): Resolution {
  const { profileId, fingerprint } = resolution;
  const isAlone = elsewhere.every((each) => each.fingerprint === fingerprint);
  if (profileId !== DEFAULT_PROFILE || fingerprint === null || isAlone || !login?.email) return resolution;
  return { ...resolution, label: login.email };
}

/** The accounts of this directory: those in its state, and those that are about to be written there. */
export function accountsHere(
  profiles: readonly AuthProfile[],
  resolutions: readonly Resolution[],
  world: World,
): KnownAccount[] {
  const { configDir } = world;
  const accounts = new Map<string, KnownAccount>();
  for (const { profileId, label, billingFingerprint = null, metadata } of profiles) {
    if (accounts.has(profileId)) continue;
    const lastUsed = metadata?.lastUsed ?? 0;
    accounts.set(profileId, { configDir, profileId, label, fingerprint: billingFingerprint, lastUsed });
  }
  for (const { profileId, label, fingerprint } of resolutions) {
    const before = accounts.get(profileId) ?? { configDir, profileId, label, fingerprint: null };
    const told = before.fingerprint?.startsWith("account:") ? null : fingerprint;
    accounts.set(profileId, {
      ...before,
      fingerprint: told ?? before.fingerprint,
      lastUsed: world.now(),
    });
  }
  return [...accounts.values()];
}

/** What the rows call this directory's accounts; null where there is only one account on this machine. */
export function labelsOf(
  own: readonly KnownAccount[],
  all: readonly KnownAccount[],
  login: Identity | null | undefined,
  { configDir }: World,
): ReadonlyMap<string, string> | null {
  if (new Set(all.map(accountId)).size < 2) return null;
  return new Map(
    own.map((each) => {
      const isShared = all.some(
        (other) => other.label === each.label && accountId(other) !== accountId(each),
      );
      const email = each.fingerprint === login?.fingerprint ? (login?.email ?? null) : null;
      return [each.profileId, isShared ? (email ?? baseName(configDir)) : each.label];
    }),
  );
}
