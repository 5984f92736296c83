import type { TypeBuilder } from "../module.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** TypeBox type of a share. */
export const shareSchema = (t: TypeBuilder) =>
  t.Object({
    own: t.Union([t.Number({ minimum: 0 }), t.Null()]),
    others: t.Number({ minimum: 0 }),
    atLeast: t.Boolean(),
    since: t.Union([t.Number(), t.Null()]),
    startsAt: t.Number(),
    endsAt: t.Number(),
  });

/** An amount that belongs to one account only, of a total that is counted for a whole configuration directory. */
export interface Share {
  /** The account's own. */
  readonly own: number | null;
  /** What others used in the same period before. */
  readonly others: number;
  /** Since when the account has the directory (epoch ms), null for the first. */
  readonly since: number | null;
  /** Some of it has no known price: the account has spent more than `own`. */
  readonly atLeast: boolean;
  /** Start and end of the period (epoch ms). */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** What is counted for a whole configuration directory; `atLeast` where some of it has no known price. */
interface Total {
  readonly amount: number | null;
  readonly atLeast: boolean;
}

/**
 * The account's part of a directory's total for the period that ends at `endsAt`: what was there when it took
 * over belongs to others, except what it had used itself before, in the same period.
 */
export function shareOf(
  { amount, atLeast }: Total,
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number },
  since: number | null,
  before: Share | null,
): Share {
  const period = { atLeast, since, startsAt, endsAt };
  if (since === null || since <= startsAt) return { own: amount, others: 0, ...period };
  const same = before?.endsAt === endsAt ? before : null;
  if (amount === null) return { ...period, own: null, others: same?.others ?? 0, since: same?.since ?? null };
  const others = same?.since === since ? same.others : Math.max(0, amount - (same?.own ?? 0));
  return { own: Math.max(0, amount - others), others, ...period };
}

/**
 * What an account's figures from ccusage depend on: directory, account, and the zone that days begin in. Null
 * for a session whose account does not own the directory's figures: those cannot be distinguished from another's.
 */
export function accountKey(
  moduleId: string,
  { profile, timeZone }: Pick<Session, "profile" | "timeZone">,
  world: World,
): string | null {
  if (profile !== null && !profile.owner) return null;
  // Until the account is known, this key has no entry.
  return `${moduleId}:${world.configDir}:${profile?.id ?? "?"}:${timeZone}`;
}
