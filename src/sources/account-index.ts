import { lstatSync, statSync } from "node:fs";
import { parentOf } from "../lib/paths.ts";
import { entryName, pathsBelow } from "../paths.ts";
import type { World } from "../world.ts";
import { type AccountLimits, accountLimitsSchema, limitsKey } from "./limits.ts";

/**
 * The accounts of all configuration directories on this machine, so that each directory's rows know whether there is
 * more than one: `${XDG_STATE_HOME:-~/.local/state}/statusline/accounts.json`. Nothing secret is in it.
 */
export interface KnownAccount {
  readonly configDir: string;
  readonly profileId: string;
  readonly label: string;
  /** A hash of the login, see `identityOf`, or of what else the account is recognized by; null: nothing. */
  readonly fingerprint: string | null;
  /** Epoch ms. */
  readonly lastUsed: number;
}

/** Larger than any list of accounts that people have; a longer file is not ours. Bytes. */
const MAX_BYTES = 256 * 1024;

/** Where the index is; null where the environment names no home for it (XDG Base Directory Specification, 0.8). */
export function indexPath({ env, home }: Pick<World, "env" | "home">): string | null {
  const named = env.XDG_STATE_HOME ?? "";
  if (named.startsWith("/")) return `${named}/statusline/accounts.json`;
  return home === "/" ? null : `${home}/.local/state/statusline/accounts.json`;
}

/**
 * Whether the index is a file, and its folder a folder, that only this user can write. It names folders that commands
 * write to: one that others can change is not read. One that does not exist is fine.
 */
export function isOurs(path: string): boolean {
  const file = lstatSync(path, { throwIfNoEntry: false });
  if (file === undefined) return true;
  const folder = statSync(parentOf(path) ?? "/");
  const isOwn = ({ uid, mode }: { uid: number; mode: number }) =>
    uid === process.getuid?.() && (mode & 0o022) === 0;
  return file.isFile() && file.size <= MAX_BYTES && isOwn(file) && isOwn(folder);
}

/** The accounts in the index; what in it is no account is left out. @throws system errors */
export function knownAccounts(world: World): KnownAccount[] {
  const path = indexPath(world);
  if (path === null || !isOurs(path)) return [];
  return parseAccounts(world.readText(path, MAX_BYTES) ?? "");
}

function parseAccounts(text: string): KnownAccount[] {
  try {
    const { accounts } = JSON.parse(text) as { accounts?: unknown };
    return Array.isArray(accounts) ? accounts.filter(isAccount) : [];
  } catch {
    return []; // Half-written or damaged: it is made again from the directories.
  }
}

function isAccount(value: unknown): value is KnownAccount {
  const { configDir, profileId, label, fingerprint, lastUsed } = (value ?? {}) as Partial<KnownAccount>;
  const isText = (text: unknown): text is string => typeof text === "string" && text.length <= 4096;
  return (
    isText(configDir) &&
    configDir.startsWith("/") &&
    isText(profileId) &&
    isText(label) &&
    (fingerprint === null || isText(fingerprint)) &&
    typeof lastUsed === "number"
  );
}

/** Equal for the same account in two directories: the same login, or a name that the person gave both. */
export function accountId(account: KnownAccount): string {
  const { configDir, profileId, fingerprint } = account;
  if (fingerprint !== null && isLogin(account)) return fingerprint;
  return fingerprint === null && profileId !== "default" ? profileId : JSON.stringify([configDir, profileId]);
}

function isLogin({ fingerprint }: KnownAccount): boolean {
  return fingerprint?.startsWith("account:") === true;
}

/** The world as a session in `configDir` sees it. */
export function worldIn(configDir: string, world: World): World {
  return { ...world, configDir, paths: pathsBelow(configDir) };
}

/** What the other configuration directories of the same login know of its limits. @throws system errors */
export async function limitsElsewhere(profileId: string | null, world: World): Promise<AccountLimits[]> {
  const accounts = knownAccounts(world);
  const isHere = ({ configDir }: KnownAccount) => configDir === world.configDir;
  const own = accounts.find((each) => isHere(each) && each.profileId === profileId);
  // A name alone does not prove that the login is the same.
  if (own === undefined || !isLogin(own)) return [];
  const twins = accounts.filter((each) => !isHere(each) && each.fingerprint === own.fingerprint);
  const found = await Promise.all(
    twins.map((twin) => limitsIn(twin.profileId, worldIn(twin.configDir, world))),
  );
  return found.filter((each) => each !== null);
}

async function limitsIn(profileId: string, world: World): Promise<AccountLimits | null> {
  const [{ Type }, { Value }] = await Promise.all([
    import("@sinclair/typebox"),
    import("@sinclair/typebox/value"),
  ]);
  try {
    const key = limitsKey(profileId, world);
    const entry = JSON.parse(
      world.readReplaced(`${world.paths.cache}/${entryName("limits", key)}.json`, MAX_BYTES) ?? "null",
    );
    return entry?.key === key && Value.Check(accountLimitsSchema(Type), entry.data) ? entry.data : null;
  } catch {
    return null; // That directory's own refresher reports it.
  }
}
