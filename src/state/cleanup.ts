import type { World } from "../world.ts";
import { archive } from "./archive.ts";
import type { StateDocument } from "./document.ts";
import { removeSession } from "./operations.ts";
import { updateState } from "./store.ts";
import { isFields } from "./yaml-text.ts";

const DAY = 86_400_000;

/** The sessions that have been silent for more than `days`; one without a time counts as active. */
export function oldSessions(state: StateDocument, days: number, now: number): string[] {
  return state.list("sessions").flatMap((session) => {
    if (!isFields(session) || typeof session.sessionId !== "string" || !isFields(session.metadata)) return [];
    const { lastActivity } = session.metadata;
    return typeof lastActivity === "number" && now - lastActivity > days * DAY ? [session.sessionId] : [];
  });
}

/**
 * Drops sessions that have been silent for more than `days`, and archives them.
 * @returns how many
 * @throws Error when the state or the archive cannot be written
 */
export async function cleanupOldSessions(world: World, days = 7): Promise<number> {
  let count = 0;
  await updateState(world, (state) => {
    const old = oldSessions(state, days, world.now());
    count = old.length;
    // Archived before the state is written: a crash between the two leaves them twice, never nowhere.
    archive(
      old.map((id) => removeSession(state, id) ?? ""),
      world,
    );
  });
  return count;
}
