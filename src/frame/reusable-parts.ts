import type { FrameDetails, SavedFrame, SavedPart, Stamp, Validity } from "../cache/saved-frame.ts";
import type { Screen } from "../look/screen.ts";
import type { Session } from "../session.ts";
import type { Reuse } from "./validity.ts";

/** What of a saved frame a new document, new cached values and the time that has passed leave valid. */
export interface Reusable {
  /** The session of the new document, with the account that it had. */
  readonly session: Session;
  /** The files that hold configuration and account. */
  readonly base: readonly Stamp[];
  readonly screen: (Screen & Validity) | null;
  /** A module's part, if it is valid. */
  part(moduleId: string): ReusedPart | null;
}

/** A part of a saved frame, with stamps that are up to date. */
export type ReusedPart = Omit<SavedPart, "stamps"> & Validity;

/**
 * Null where configuration or account may be others: one of their files has changed, or the session is in another project
 * now.
 */
export function reusable(
  saved: SavedFrame,
  { stamps }: Reuse,
  document: Session,
  now: number,
): Reusable | null {
  if (stamps === null) return null;
  const details = saved.details();
  const base = unchanged(details.base, stamps);
  if (base === null) return null;
  const before = details.session;
  const session: Session = { ...document, profile: before.profile, document: before.document };
  const changed = changedFields(before, session);
  if (changed.projectDir || changed.sessionId) return null;
  return {
    session,
    base,
    screen: valid(details.screen, stamps, now),
    part: partsIn(details, changed, stamps, now),
  };
}

function partsIn({ parts }: FrameDetails, changed: Fields, stamps: readonly (Stamp | null)[], now: number) {
  return (moduleId: string): ReusedPart | null => {
    const part = parts[moduleId];
    if (part === undefined) return null;
    for (const field of part.uses) if (changed[field]) return null;
    return valid(part, stamps, now);
  };
}

type Fields = Readonly<Partial<Record<keyof Session, true>>>;

function changedFields(before: Session, after: Session): Fields {
  const changed: Partial<Record<keyof Session, true>> = {};
  let name: keyof Session;
  for (name in after) {
    const [now, then] = [after[name], before[name]];
    if (now !== then && JSON.stringify(now) !== JSON.stringify(then)) changed[name] = true;
  }
  return changed;
}

/** What was saved, with its stamps, if none of them has changed and it is not past its time. */
function valid<Saved extends { readonly stamps: readonly number[]; readonly validUntil: number }>(
  saved: Saved,
  stamps: readonly (Stamp | null)[],
  now: number,
): (Omit<Saved, "stamps"> & Validity) | null {
  if (now >= saved.validUntil) return null;
  const own = unchanged(saved.stamps, stamps);
  return own === null ? null : { ...saved, stamps: own };
}

/** The stamps at these positions; null if one has changed. */
function unchanged(positions: readonly number[], stamps: readonly (Stamp | null)[]): Stamp[] | null {
  const found: Stamp[] = [];
  for (const position of positions) {
    const stamp = stamps[position] ?? null;
    if (stamp === null) return null;
    found.push(stamp);
  }
  return found;
}
