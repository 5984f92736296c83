import type { LastPart, LastRender, LastScreen, Rest, SeenFile } from "../cache/saved-frame.ts";
import type { Session } from "../session.ts";
import type { Standing } from "./validity.ts";

/** What of the last render a new document, new cached values and the time that has passed leave alone. */
export interface Kept {
  readonly screen: LastScreen;
  /** The files that it was made from. */
  readonly files: readonly SeenFile[];
  /** Whether it may show what grows with every run. */
  readonly exact: boolean;
  /** The session with the account that it had. */
  readonly session: Session;
  /** A module's part, where nothing that it was made from has changed. */
  part(moduleId: string): LastPart | null;
}

/**
 * Null where nothing of it holds: it is another session's, or the session is in another project now, whose configuration
 * may be another; what has been renewed is no part's source; the screen is to be looked at.
 */
export function keptFrom(
  last: LastRender,
  { renewed, files }: Standing,
  told: Session,
  now: number,
): Kept | null {
  if (renewed === null) return null;
  const rest = last.rest();
  const { screen } = rest;
  if (isOver(screen.until, now) || renewed[screen.source ?? ""]) return null;
  for (const source in renewed) if (!isShown(source, rest)) return null;
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
    screen,
    files,
    exact: last.memo.exact,
    session,
    part(moduleId) {
      const part = rest.parts[moduleId];
      if (part === undefined || isOver(part.until, now) || renewed[part.source]) return null;
      for (const field of part.uses) if (changed[field]) return null;
      return part;
    },
  };
}

function isOver(until: number | null, now: number): boolean {
  return until !== null && until <= now;
}

function isShown(source: string, { parts }: Rest): boolean {
  for (const moduleId in parts) if (parts[moduleId]?.source === source) return true;
  return false;
}
