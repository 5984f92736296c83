import type { TypeBuilder } from "../module.ts";
import type { Limit, Session, SpendLimit } from "../session.ts";
import type { World } from "../world.ts";

type Limits = Session["limits"];

/** A limit, and when a session of the account first reported it (epoch ms); 0: unknown. */
export type LimitSample<Kind extends Limit = Limit> = Kind & { readonly at: number };

/** The newest that is known of an account's limits, whichever of its sessions reported it. */
export interface AccountLimits {
  readonly fiveHour: LimitSample | null;
  readonly sevenDay: LimitSample | null;
  readonly spend: LimitSample<SpendLimit> | null;
}

/** TypeBox type of these. */
export const accountLimitsSchema = (t: TypeBuilder) => {
  const number = t.Number({ minimum: 0 });
  const nullable = t.Union([number, t.Null()]);
  const sample = { usedPercent: number, resetsAt: nullable, at: number };
  const limit = t.Union([t.Object(sample), t.Null()]);
  const spend = t.Union([t.Object({ ...sample, usedUsd: nullable, limitUsd: nullable }), t.Null()]);
  return t.Object({ fiveHour: limit, sevenDay: limit, spend });
};

/** Where the limits of an account are cached; see `accountKey`. */
export function limitsKey(profileId: string, world: World): string {
  return `limits:${world.configDir}:${profileId}`;
}

/**
 * The session with the time at which its limits last changed. Claude Code repeats them unchanged in every document until
 * the next reply, so the time of a render is not their age.
 * @param before the session as its last render saw it
 */
export function withLimitsAt(session: Session, before: Session | null, now: number): Session {
  return { ...session, limitsAt: limitsAt(session, before, now) };
}

function limitsAt({ limits, cost }: Session, before: Session | null, now: number): Session["limitsAt"] {
  const isWorking = (cost.totalUsd ?? 0) > 0;
  const last = before?.limitsAt ?? null;
  let isTold = false;
  let name: keyof Limits;
  for (name in limits) {
    if (limits[name] === null) continue;
    isTold = true;
    const former = before?.limits[name] ?? null;
    if (former === null || JSON.stringify(limits[name]) !== JSON.stringify(former)) {
      // Before its first reply a new session repeats the limits of the one before it (`/clear`), however old they are.
      return before === null && !isWorking ? 0 : now;
    }
  }
  // A window that has been reset leaves the document, which says nothing new about the others.
  if (typeof last === "number") return Math.min(last, now);
  if (last === "former") return last;
  if (isTold) return now;
  return isWorking ? "none" : null;
}

/** The session after a change of the login: limits that have not changed since are the former account's. */
export function withFormerLimits(session: Session, before: Session): Session {
  const isNew = session.limitsAt !== before.limitsAt;
  return isNew || typeof session.limitsAt !== "number" ? session : { ...session, limitsAt: "former" };
}

/** The limits that a session reports itself, as far as they are proven to be its account's. */
export function ownLimits({
  limits,
  limitsAt,
  profile,
}: Pick<Session, "limits" | "limitsAt" | "profile">): AccountLimits {
  const at = typeof limitsAt === "number" ? limitsAt : 0;
  if (limitsAt === "former") return NOTHING;
  // What was reported before the account took over the directory belongs to the account before it.
  if (profile?.owner && profile.since !== null && at < profile.since) return NOTHING;
  const { fiveHour, sevenDay, spend } = limits;
  return {
    fiveHour: fiveHour && { ...fiveHour, at },
    sevenDay: sevenDay && { ...sevenDay, at },
    spend: spend && { ...spend, at },
  };
}

const NOTHING: AccountLimits = { fiveHour: null, sevenDay: null, spend: null };

/** The newer of two reports, limit by limit. */
export function newer(a: AccountLimits, b: AccountLimits | null, now: number): AccountLimits {
  if (b === null) return a;
  return {
    fiveHour: newerOf(a.fiveHour, b.fiveHour, now),
    sevenDay: newerOf(a.sevenDay, b.sevenDay, now),
    spend: newerOf(a.spend, b.spend, now),
  };
}

function newerOf<Kind extends LimitSample>(a: Kind | null, b: Kind | null, now: number): Kind | null {
  if (a === null || b === null) return a ?? b;
  // The same value, reported by two sessions, is as old as its first report.
  if (isSame(a, b))
    return a.at === 0 || b.at === 0 ? (a.at > b.at ? a : b) : { ...a, at: Math.min(a.at, b.at) };
  if (hasEnded(a, now) !== hasEnded(b, now)) return hasEnded(a, now) ? b : a;
  // A clock that was set back leaves times of the future, which must not win until they have come.
  const [atA, atB] = [Math.min(a.at, now), Math.min(b.at, now)];
  if (atA !== atB) return atA > atB ? a : b;
  const [endA, endB] = [a.resetsAt ?? 0, b.resetsAt ?? 0];
  if (endA !== endB) return endA > endB ? a : b;
  return a.usedPercent > b.usedPercent ? a : b;
}

function isSame(a: LimitSample, b: LimitSample): boolean {
  return a.usedPercent === b.usedPercent && a.resetsAt === b.resetsAt;
}

/** Whether a window has been reset; `now` is epoch ms. */
export function hasEnded({ resetsAt }: Limit, now: number): boolean {
  return resetsAt !== null && resetsAt * 1000 <= now;
}

/** The newest of what these sessions of one account report, and of what was known before. */
export function newestLimits(
  sessions: readonly Session[],
  before: AccountLimits | null,
  now: number,
): AccountLimits {
  let newest = before ?? NOTHING;
  // In a fixed order, so that equal reports give an equal result.
  for (const session of sessions) newest = newer(ownLimits(session), newest, now);
  return newest;
}
