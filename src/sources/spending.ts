import { usd } from "../lib/quantity.ts";
import type { TypeBuilder } from "../module.ts";
import type { Session } from "../session.ts";
import type { Carried } from "./carried.ts";
import { type LastHour, lastHourSchema, type SpendingSample, sampleSchema } from "./last-hour.ts";
import { type Share, shareSchema } from "./share.ts";

/** What an account has spent, from ccusage. Money in US dollars, times epoch ms. */
export interface Spending {
  /** Since local midnight. */
  readonly today: Share;
  readonly todayTokens: Share;
  /** Since Monday. */
  readonly week: Share;
  readonly weekTokens: Share;
  /** The current 5-hour block. */
  readonly block: {
    readonly startsAt: number;
    readonly endsAt: number;
    readonly totalTokens: number;
    /** Local time of its end, HH:MM. */
    readonly resetTime: string;
  } | null;
  /** Claude Code itself reports the account's limits: its 5-hour window is the true one. */
  readonly hasLimits: boolean;
  readonly lastHour: LastHour | null;
  readonly samples: readonly SpendingSample[];
  /** By session: US dollars of its cost that are not today's. */
  readonly carried: Carried;
  /** What does not fit together: warnings. */
  readonly doubts: readonly string[];
}

/** Less than what is seen of a sum, US dollars. */
const HALF_A_CENT = 0.005;

/** The session with what it had cost when it first rendered. @param before the session as its last render saw it */
export function withFirstSeen(session: Session, before: Session | null, now: number): Session {
  const firstSeen = before?.firstSeen ?? { at: now, usd: session.cost.totalUsd ?? 0 };
  return { ...session, firstSeen };
}

/** What of a session says how much of its cost an account's figures do not have yet. */
type Shares = Pick<Session, "sessionId" | "firstSeen" | "cost" | "profile">;

/**
 * What the session has cost today beyond all that ccusage knows of today, US dollars: the account has spent at least
 * that much more. ccusage is asked now and then, and does not know every price.
 */
export function unseenBy(session: Shares, spending: Spending): number {
  const { totalUsd } = session.cost;
  const before = carriedOf(session, spending);
  if (before === null || totalUsd === null) return 0;
  const unseen = totalUsd - before - (spending.today.own ?? 0);
  return unseen < HALF_A_CENT ? 0 : unseen;
}

/** What the session had cost before its first share of today; null: unknown. */
function carriedOf({ sessionId, firstSeen, profile }: Shares, { today, carried }: Spending): number | null {
  const known = sessionId === null ? undefined : carried[sessionId];
  if (known !== undefined) return known;
  // A session that has begun since the last fetch. The client draws the row before the first reply.
  const since = Math.max(today.startsAt, profile?.since ?? 0);
  return firstSeen !== null && firstSeen.at >= since ? firstSeen.usd : null;
}

/** A sum as it is shown: `≥$0.02` where it is known in part, `–` where it is not known. @param unseen see `unseenBy` */
export function sumText({ own, atLeast }: Pick<Share, "own" | "atLeast">, unseen = 0): string {
  if (own === null && unseen === 0) return "–";
  return `${atLeast || unseen > 0 ? "≥" : ""}${usd((own ?? 0) + unseen)}`;
}

/** TypeBox type of an account's spending. */
export const spendingSchema = (t: TypeBuilder) =>
  t.Object({
    today: shareSchema(t),
    todayTokens: shareSchema(t),
    week: shareSchema(t),
    weekTokens: shareSchema(t),
    block: t.Union([
      t.Object({
        startsAt: t.Number(),
        endsAt: t.Number(),
        totalTokens: t.Number({ minimum: 0 }),
        resetTime: t.String({ pattern: "^\\d\\d:\\d\\d$" }),
      }),
      t.Null(),
    ]),
    hasLimits: t.Boolean(),
    lastHour: lastHourSchema(t),
    samples: t.Array(sampleSchema(t)),
    carried: t.Record(t.String(), t.Number({ minimum: 0 })),
    doubts: t.Array(t.String()),
  });
