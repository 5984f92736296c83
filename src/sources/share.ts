import type { TypeBuilder } from "../module.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** TypeBox type of a share. */
export const shareSchema = (t: TypeBuilder) =>
  t.Object({
    own: t.Union([t.Number({ minimum: 0 }), t.Null()]),
    others: t.Number({ minimum: 0 }),
    since: t.Union([t.Number(), t.Null()]),
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
  /** End of the period (epoch ms). */
  readonly endsAt: number;
}

/**
 * The account's part of a directory's total for the period that ends at `endsAt`: what was there when it took
 * over belongs to others, except what it had used itself before, in the same period.
 */
export function shareOf(
  total: number | null,
  period: { readonly startsAt: number; readonly endsAt: number },
  since: number | null,
  before: Share | null,
): Share {
  const { startsAt, endsAt } = period;
  if (since === null || since <= startsAt) return { own: total, others: 0, since, endsAt };
  const same = before?.endsAt === endsAt ? before : null;
  if (total === null) return { own: null, others: same?.others ?? 0, since: same?.since ?? null, endsAt };
  const others = same?.since === since ? same.others : Math.max(0, total - (same?.own ?? 0));
  return { own: Math.max(0, total - others), others, since, endsAt };
}

/**
 * What an account's figures from ccusage depend on: directory, account, and the zone that days begin in. Null
 * for a session whose account does not own the directory's figures: those cannot be told apart from another's.
 */
export function accountKey(moduleId: string, { profile, timeZone }: Session, world: World): string | null {
  if (profile !== null && !profile.owner) return null;
  // Until the account is told there is a key that nothing is stored under.
  return `${moduleId}:${world.configDir}:${profile?.id ?? "?"}:${timeZone}`;
}
