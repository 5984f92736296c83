import type { World } from "../world.ts";
import { archive } from "./archive.ts";
import type { StateDocument } from "./document.ts";
import { removeSession } from "./operations.ts";
import { updateState } from "./store.ts";
import { blockItem, isFields, type YamlFields } from "./yaml-text.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Billing of an account that was not used for this long says nothing about today or its week. */
const BILLING_DAYS = 7;

/** A larger state file is compacted, bytes: some 200 sessions. */
export const LARGE = 256 * 1024;

interface Silent {
  readonly id: string;
  readonly lastActivity: number;
  /** Characters that it takes up, without comments. */
  readonly size: number;
}

/** The sessions by how long they have been silent, longest first; one without a time counts as active. */
function silentSessions(state: StateDocument): Silent[] {
  const silent = state.list("sessions").flatMap((session): Silent[] => {
    if (!isFields(session) || typeof session.sessionId !== "string" || !isFields(session.metadata)) return [];
    const { lastActivity } = session.metadata;
    if (typeof lastActivity !== "number") return [];
    return [{ id: session.sessionId, lastActivity, size: blockItem(session, "  ").length }];
  });
  return silent.sort((a, b) => a.lastActivity - b.lastActivity);
}

/** The sessions that have been silent for more than `days`; one without a time counts as active. */
export function oldSessions(state: StateDocument, days: number, now: number): string[] {
  return silentSessions(state).flatMap(({ id, lastActivity }) =>
    now - lastActivity > days * DAY ? [id] : [],
  );
}

/**
 * Drops sessions that have been silent for more than `days`, and billing that was fetched longer ago than that and a week;
 * both are archived.
 * @returns how many sessions
 * @throws Error when the state or the archive cannot be written
 */
export async function cleanupOldSessions(world: World, days = 7): Promise<number> {
  let count = 0;
  await updateState(world, (state) => {
    const old = oldSessions(state, days, world.now());
    count = old.length;
    drop(state, old, world);
    dropBilling(state, Math.max(days, BILLING_DAYS), world);
  });
  return count;
}

/**
 * Makes a large state file half as large: archives the sessions that have been silent longest, and at least for an hour.
 * @returns how many
 * @throws Error when the state or the archive cannot be written
 */
export async function compactState(world: World): Promise<number> {
  let count = 0;
  await updateState(world, (state) => {
    let excess = world.size(world.paths.state) - LARGE / 2;
    const old: string[] = [];
    for (const { id, lastActivity, size } of silentSessions(state)) {
      if (excess <= 0 || world.now() - lastActivity < HOUR) break;
      excess -= size;
      old.push(id);
    }
    count = old.length;
    drop(state, old, world);
  });
  return count;
}

/** Archived before the state is written: a crash between the two leaves them twice, never nowhere. */
function drop(state: StateDocument, sessions: readonly string[], world: World): void {
  archive(
    "sessions",
    sessions.map((id) => removeSession(state, id) ?? ""),
    world,
  );
}

function dropBilling(state: StateDocument, days: number, world: World): void {
  const old = state.list("authProfiles").flatMap((profile): YamlFields[] => {
    if (!isFields(profile) || typeof profile.profileId !== "string" || !isFields(profile.billing)) return [];
    const { profileId, label = null, billing } = profile;
    const { lastFetched } = billing;
    const isOld = typeof lastFetched === "number" && world.now() - lastFetched > days * DAY;
    return isOld ? [{ profileId, label, billing }] : [];
  });
  for (const { profileId } of old) state.unset("authProfiles", String(profileId), "billing");
  archive(
    "accounts",
    old.map((each) => blockItem(each, "  ")),
    world,
  );
}
