import type { DrawnPart, Screen } from "../look/screen.ts";
import type { StatusModule } from "../module.ts";
import type { Session } from "../session.ts";
import type { Rest } from "./last-render.ts";

/** What of the last render a new document leaves alone. */
export interface Kept {
  readonly screen: Screen;
  /** The session with the account that it had. */
  readonly session: Session;
  /** The module's part, where nothing that it looks at has changed. */
  part(module: StatusModule): DrawnPart | null;
}

/** Null where the session is in another project now: its configuration may be another. */
export function keptFrom(rest: Rest, told: Session): Kept | null {
  const before = rest.session;
  const session: Session = { ...told, profile: before.profile, document: before.document };
  const changed: Record<string, true> = {};
  let name: keyof Session;
  for (name in session) {
    const [now, then] = [session[name], before[name]];
    if (now !== then && JSON.stringify(now) !== JSON.stringify(then)) changed[name] = true;
  }
  if (changed.projectDir) return null;
  return {
    screen: rest.screen,
    session,
    part({ moduleId, uses }) {
      for (const field of uses) if (changed[field]) return null;
      return rest.parts[moduleId] ?? null;
    },
  };
}
