import { print } from "../cli/print.ts";
import { removeIfThere } from "../lib/if-there.ts";
import { printable } from "../lib/text.ts";
import { UserError } from "../lib/user-error.ts";
import { framePath, isSafeId } from "../paths.ts";
import { accountId, type KnownAccount, knownAccounts, worldIn } from "../sources/account-index.ts";
import { accountsIn, noteState } from "../state/account-index.ts";
import { archive } from "../state/archive.ts";
import type { StateDocument } from "../state/document.ts";
import { getAuthProfile, removeSession, upsertAuthProfile } from "../state/operations.ts";
import { attempt } from "../state/parse.ts";
import { readState, updateState } from "../state/store.ts";
import { isFields } from "../state/yaml-text.ts";
import type { World } from "../world.ts";

/** The longest id that the schema takes. */
const MAX_ID = 128;

const quoted = (text: string) => JSON.stringify(printable(text));

/** Gives an account a label, in each directory that has it. @throws UserError when there is none, or several accounts */
export async function labelProfile(name: string, text: string, world: World): Promise<void> {
  const [profileId, label] = [printable(name), printable(text)];
  const targets = placesOf(profileId, world);
  for (const target of targets) {
    const there = worldIn(target.configDir, world);
    await updateState(there, (state) => {
      if (getAuthProfile(state, target.profileId) === null) throw noProfile(profileId, state, there);
      state.upsert("authProfiles", target.profileId, { label });
    });
    await noteState(there);
  }
  const others = targets.filter(({ configDir }) => configDir !== world.configDir);
  const where = others.map(({ configDir }) => `, in ${printable(configDir)}`).join("");
  await print(world, `${profileId} now has the label ${label}${where}\n`);
}

type Place = Pick<KnownAccount, "configDir" | "profileId">;

/** Where the account of that profile is: in the directory in use if it is known there, and in the others that have it. */
function placesOf(profileId: string, world: World): Place[] {
  const { configDir } = world;
  // A state that cannot be read is set aside, and reported, when it is written.
  const state = attempt(() => readState(world));
  if (state === null) return [{ configDir, profileId }];
  const elsewhere = knownAccounts(world).filter((each) => each.configDir !== configDir);
  const here = accountsIn(state, world).filter((each) => each.profileId === profileId);
  const found = here.length > 0 ? here.slice(0, 1) : elsewhere.filter((each) => each.profileId === profileId);
  const [account, ...more] = new Set(found.map(accountId));
  if (account === undefined) throw noProfile(profileId, state, world);
  if (more.length > 0)
    throw new UserError(
      1,
      `profile ${quoted(profileId)} is a different account in each of ${found.map((each) => printable(each.configDir)).join(", ")}`,
      "Specify the directory: `--account DIRECTORY`.",
    );
  const twins = elsewhere.filter((each) => accountId(each) === account);
  return [...here.slice(0, 1), ...twins];
}

function noProfile(profileId: string, state: StateDocument, world: World): UserError {
  const here = state.list("authProfiles").flatMap((each) => (isFields(each) ? [String(each.profileId)] : []));
  const known = new Set([...here, ...knownAccounts(world).map((each) => each.profileId)]);
  const list = [...known].map(printable).join(", ") || "none yet";
  return new UserError(
    1,
    `no profile ${quoted(profileId)}; known: ${list}`,
    "A profile appears with its first session; `statusline profiles add` adds one by hand.",
  );
}

/** Adds a profile by hand. @throws UserError when there is one of that id, or the id cannot be one */
export async function addProfile(name: string, text: string | undefined, world: World): Promise<void> {
  const profileId = printable(name).trim();
  const label = printable(text ?? name);
  if (profileId === "" || profileId.length > MAX_ID)
    throw new UserError(2, `a profile's id has 1 to ${MAX_ID} characters, not ${profileId.length}`);
  const now = world.now();
  await updateState(world, (state) => {
    if (getAuthProfile(state, profileId) !== null)
      throw new UserError(
        1,
        `there is a profile ${quoted(profileId)} already, in ${printable(world.paths.state)}`,
        `\`statusline state label ${profileId} TEXT\` changes its label.`,
      );
    const metadata = { detectionMethod: "manual", firstSeen: now, lastUsed: now, totalSessions: 0 };
    upsertAuthProfile(state, { profileId, label, metadata });
  });
  await noteState(world);
  await print(
    world,
    `added ${profileId}, labelled ${label}, to ${printable(world.paths.state)}\nSTATUSLINE_PROFILE=${profileId} starts a session of it\n`,
  );
}

/**
 * Archives a profile, and with `withSessions` its sessions, and takes them out of the state.
 * @throws UserError when there is no such profile, or it has sessions that are not to go
 */
export async function removeProfile(name: string, withSessions: boolean, world: World): Promise<void> {
  const profileId = printable(name);
  let count = 0;
  await updateState(world, (state) => {
    if (getAuthProfile(state, profileId) === null) throw noProfile(profileId, state, world);
    const sessions = sessionsOf(state, profileId);
    count = sessions.length;
    if (count > 0 && !withSessions)
      throw new UserError(
        1,
        `${quoted(profileId)} has ${count} session(s); nothing was removed`,
        `\`statusline profiles remove ${profileId} --yes\` archives them with it.`,
      );
    const texts = sessions.map((id) => removeSession(state, id) ?? "");
    archive("sessions", texts, world);
    archive("accounts", [state.remove("authProfiles", profileId) ?? ""], world);
  });
  await noteState(world);
  const also = count === 0 ? "" : ` and its ${count} session(s)`;
  await print(world, `removed ${profileId}${also}; archive: ${printable(world.paths.archive)}\n`);
}

function sessionsOf(state: StateDocument, profileId: string): string[] {
  return state
    .list("sessions")
    .flatMap((each) => (isFields(each) && each.authProfile === profileId ? [String(each.sessionId)] : []));
}

/**
 * Archives a session and takes it out of the state.
 * @param start its id, or so much of it that no other begins like it
 * @throws UserError when none or several begin like that
 */
export async function removeOneSession(start: string, known: StateDocument, world: World): Promise<void> {
  const ids = known.list("sessions").flatMap((each) => (isFields(each) ? [String(each.sessionId)] : []));
  const [id, ...others] = ids.includes(start) ? [start] : ids.filter((each) => each.startsWith(start));
  if (id === undefined)
    throw new UserError(1, `no session ${quoted(start)}`, "`statusline state` lists the sessions.");
  if (others.length > 0)
    throw new UserError(
      1,
      `${others.length + 1} sessions begin with ${quoted(start)}: ${[id, ...others].slice(0, 5).map(printable).join(", ")}`,
    );
  await updateState(world, (state) => {
    const text = removeSession(state, id);
    if (text !== null) archive("sessions", [text], world);
  });
  // Else the next refresh would add it again from what it showed last.
  if (isSafeId(id)) removeIfThere(framePath(world.paths, id));
  await print(
    world,
    `removed ${printable(id)}; archive: ${printable(world.paths.archive)}\nit reappears if it renders again\n`,
  );
}
