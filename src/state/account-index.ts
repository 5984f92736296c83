import { accessSync, constants, rmdirSync } from "node:fs";
import { makeFolder, writeAtomic } from "../lib/atomic.ts";
import { hasCode } from "../lib/errors.ts";
import { removeIfThere } from "../lib/if-there.ts";
import { parentOf } from "../lib/paths.ts";
import { waitForLock } from "../lib/wait-for-lock.ts";
import { indexPath, isOurs, type KnownAccount, knownAccounts, worldIn } from "../sources/account-index.ts";
import type { World } from "../world.ts";
import type { StateDocument } from "./document.ts";
import { attempt } from "./parse.ts";
import { readState } from "./store.ts";
import { isFields } from "./yaml-text.ts";

/** A write takes a millisecond; a lock held for longer than this is a stuck process's. */
const LOCK_MAX_AGE = 5000;
const PATIENCE = 1000;
/** A later use alone is written this often, ms. */
const USE_STEP = 3_600_000;

/**
 * Replaces what the index says of this configuration directory; accounts of directories that are gone are dropped.
 * @returns the accounts of all directories
 * @throws UserError when another process keeps the index locked; system errors
 */
export async function noteAccounts(own: readonly KnownAccount[], world: World): Promise<KnownAccount[]> {
  const path = indexPath(world);
  if (path === null || !isOurs(path)) return [...own];
  const before = knownAccounts(world);
  const wanted = merged(before, own, world);
  if (isSame(before, wanted) || !isWritable(parentOf(path) ?? "/")) return wanted;
  const lock = await waitForLock(`${path}.lock`, LOCK_MAX_AGE, Date.now() + PATIENCE);
  try {
    const accounts = merged(knownAccounts(world), own, world);
    writeAtomic(path, `${JSON.stringify({ version: 1, accounts }, null, 2)}\n`);
    return accounts;
  } finally {
    lock.release();
  }
}

/** Brings the index up to date with this directory's state. @throws as `noteAccounts` and `readState` do */
export async function noteState(world: World): Promise<void> {
  await noteAccounts(accountsIn(readState(world), world), world);
}

/** The accounts that a state holds; an entry without an id is none. */
export function accountsIn(state: StateDocument, { configDir }: World): KnownAccount[] {
  return state.list("authProfiles").flatMap((each) => {
    if (!isFields(each) || typeof each.profileId !== "string") return [];
    const { profileId, label, billingFingerprint, metadata } = each;
    const lastUsed = isFields(metadata) ? metadata.lastUsed : 0;
    return [
      {
        configDir,
        profileId,
        label: typeof label === "string" ? label : profileId,
        fingerprint: typeof billingFingerprint === "string" ? billingFingerprint : null,
        lastUsed: typeof lastUsed === "number" ? lastUsed : 0,
      },
    ];
  });
}

/** Takes a configuration directory out of the index, and the index away with the last. @throws as `noteAccounts` does */
export async function forgetAccounts(configDir: string, world: World): Promise<void> {
  const path = indexPath(world);
  if (path === null || world.mtime(path) === null) return;
  const rest = await noteAccounts([], worldIn(configDir, world));
  if (rest.length > 0) return;
  removeIfThere(path);
  attempt(() => rmdirSync(parentOf(path) ?? "/")); // Unless something else is in it.
}

/** Whether the folder can be written; it is made where it is missing. A home that is read-only has no index. */
function isWritable(folder: string): boolean {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    return true;
  } catch (error) {
    if (hasCode(error, "EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST")) return false;
    throw error;
  }
}

function merged(known: readonly KnownAccount[], own: readonly KnownAccount[], world: World): KnownAccount[] {
  const others = known.filter(
    ({ configDir }) => configDir !== world.configDir && world.mtime(configDir) !== null,
  );
  return [...others, ...own].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ configDir, profileId }: KnownAccount) => `${configDir}\n${profileId}`;

function isSame(a: readonly KnownAccount[], b: readonly KnownAccount[]): boolean {
  const rough = (all: readonly KnownAccount[]) =>
    all.map(({ lastUsed, ...rest }) => ({ ...rest, lastUsed: Math.floor(lastUsed / USE_STEP) }));
  return Bun.deepEquals(rough(a), rough(b));
}
