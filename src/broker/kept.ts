import type { Screen } from "../look/screen.ts";
import type { Session } from "../session.ts";
import type { LastPart, Rest } from "./last-render.ts";

/** What of the last render a new document leaves alone. */
export interface Kept {
  readonly screen: Screen;
  /** The session with the account that it had. */
  readonly session: Session;
  /** A module's part, where nothing that it was made from has changed. */
  part(moduleId: string): LastPart | null;
}

/** Null where it is another session's, or the session is in another project now: its configuration may be another. */
export function keptFrom(rest: Rest, told: Session): Kept | null {
  const before = rest.session;
  const session: Session = { ...told, profile: before.profile, document: before.document };
  const changed: Record<string, true> = {};
  let name: keyof Session;
  for (name in session) {
    const [now, then] = [session[name], before[name]];
    if (now !== then && JSON.stringify(now) !== JSON.stringify(then)) changed[name] = true;
  }
  if (changed.projectDir || changed.sessionId) return null;
  return {
    screen: rest.screen,
    session,
    part(moduleId) {
      const part = rest.parts[moduleId] ?? null;
      if (part !== null) for (const field of part.uses) if (changed[field]) return null;
      return part;
    },
  };
}
