import type { Session, SessionProfile } from "../session.ts";
import type { World } from "../world.ts";
import { readEntry } from "./cache.ts";

export const PROFILE = "profile";

/** The session with the account that the refresher has told for it, if it has yet. */
export function withProfile(session: Session, world: World): Session {
  if (session.sessionId === null) return session;
  const entry = readEntry(world, PROFILE, profileKey(session.sessionId, session.profileHint));
  const profile = entry?.data as SessionProfile | null | undefined;
  return typeof profile?.id === "string" ? { ...session, profile } : session;
}

/** The link holds for one session under one `STATUSLINE_PROFILE`. */
export function profileKey(sessionId: string, hint: string | null): string {
  return `profile:${sessionId}:${hint ?? ""}`;
}
