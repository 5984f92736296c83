import { settingsOf } from "../../config/settings.ts";
import { log } from "../../lib/log.ts";
import type { StatusModule } from "../../module.ts";
import { isUsable } from "../../state/check.ts";
import type { StateDocument } from "../../state/document.ts";
import type { ListName } from "../../state/lists.ts";
import { migrate } from "../../state/migrate.ts";
import { updateAuthProfileBilling, upsertAuthProfile, upsertSession } from "../../state/operations.ts";
import type { Billing, SessionEntry } from "../../state/schema.ts";
import { updateState } from "../../state/store.ts";
import type { World } from "../../world.ts";
import type { Active } from "../active-sessions.ts";
import type { Job } from "../jobs.ts";
import { step } from "../step.ts";
import { billingOf } from "./billing.ts";
import { writeBillingShared } from "./billing-shared.ts";
import { changesOf, shownHash } from "./changes.ts";
import { type Gathered, gather } from "./gather.ts";
import { updateRecord } from "./record.ts";

/**
 * Brings what the active sessions show into `runtime-state.yaml`, and into the two files that older programs
 * read: `billing-shared.json` and the sessions' records. What cannot be written is logged; the rest goes on.
 */
export async function exportState(
  active: readonly Active[],
  jobs: readonly Job[],
  modules: readonly StatusModule[],
  world: World,
): Promise<void> {
  const changes = await changesOf(active, jobs, world);
  if (!changes.isPossible) return;
  const gathering = active.map((each) => step("session", world, () => gather(each, modules, world)));
  const gathered = (await Promise.all(gathering)).filter((each) => each !== null);
  const billing = await billingByProfile(active, world);
  const shown = shownHash(gathered, billing);
  if (!changes.isNew(shown)) {
    await step("state", world, () => changes.seen());
    return;
  }
  const change = (state: StateDocument) => {
    for (const path of migrate(state, world).unreadable) {
      log(world.paths.log, "error", "migrate", `${path} is not a JSON object; it was not changed`);
    }
    for (const each of active)
      noteProfile(state, each, billing.get(each.resolution.profileId) ?? null, world);
    for (const { entry } of gathered) noteSession(state, entry);
  };
  const isWritten = (await step("state", world, () => updateState(world, change))) !== null;
  const owner = active.find(({ session }) => session.profile?.owner)?.resolution.profileId;
  const shared = owner === undefined ? null : billing.get(owner);
  if (shared) await step("billing", world, () => writeBillingShared(world, shared));
  for (const each of gathered) await step("session", world, () => noteRecord(each, billing, world));
  if (isWritten) await step("state", world, () => changes.written(shown));
}

async function billingByProfile(active: readonly Active[], world: World) {
  const billing = new Map<string, Billing>();
  for (const { session, settings } of active) {
    const { profile } = session;
    if (!profile?.owner || billing.has(profile.id)) continue;
    const cost = settingsOf(settings, "cost");
    const others = active
      .map((each) => each.session)
      .filter((each) => each !== session && each.profile?.id === profile.id);
    const fields = await step("billing", world, () => billingOf(cost, [session, ...others], world));
    if (fields !== null) billing.set(profile.id, fields);
  }
  return billing;
}

/** Entries to which a person gave wrong types are left alone; `state check` reports them. */
function mayChange(state: StateDocument, name: ListName, id: string): boolean {
  const before = state.find(name, id);
  return before === null || isUsable(name, before);
}

function noteProfile(
  state: StateDocument,
  { resolution, frame }: Active,
  billing: Billing | null,
  world: World,
) {
  const { profileId, label, detectionMethod, fingerprint } = resolution;
  if (!mayChange(state, "authProfiles", profileId)) return;
  upsertAuthProfile(state, {
    profileId,
    label,
    ...(fingerprint === null ? {} : { billingFingerprint: fingerprint }),
    metadata: { detectionMethod, firstSeen: world.now(), lastUsed: frame.at, totalSessions: 0 },
  });
  if (billing !== null) updateAuthProfileBilling(state, profileId, billing);
}

function noteSession(state: StateDocument, entry: SessionEntry): void {
  if (mayChange(state, "sessions", entry.sessionId)) upsertSession(state, entry);
}

/** A session's own record, with the fields that older programs read. */
async function noteRecord(gathered: Gathered, billing: ReadonlyMap<string, Billing>, world: World) {
  const { session, resolution, frame, entry, longestDuration } = gathered;
  const { authProfile, metadata, ...fields } = entry;
  const own = billing.get(resolution.profileId);
  const before = await updateRecord(world, fields.sessionId, {
    ...fields,
    gatheredAt: frame.at,
    launch: {
      authProfile: resolution.profileId,
      detectionMethod: resolution.detectionMethod,
      configDir: world.configDir,
    },
    ...(own === undefined ? {} : { billing: { ...own, sessionCost: session.cost.totalUsd } }),
    sessionDuration: session.durations.totalMs,
    longestDuration,
    project: { repoName: session.projectDir?.split("/").at(-1) ?? null },
    statusline: { frame: frame.text },
  });
  const [was, is] = [before.sessionDuration, session.durations.totalMs];
  if (typeof was === "number" && is !== null && is < was)
    log(
      world.paths.log,
      "warning",
      "session",
      `${fields.sessionId}: its time went back from ${was} to ${is} ms`,
    );
}
