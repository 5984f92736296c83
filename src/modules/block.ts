import { defineBorrowed } from "../define-module.ts";
import { timeSpan, timeSpanChangesIn } from "../lib/quantity.ts";
import { accountKey } from "../sources/share.ts";
import { spendingSchema } from "../sources/spending.ts";

/** The 5-hour block that an account is in. */
interface CurrentBlock {
  readonly leftMs: number;
  /** Local time of its end, HH:MM. */
  readonly resetTime: string;
}

const LENGTH = 5 * 3_600_000;

/** Time left in the current 5-hour block, for accounts whose limits Claude Code does not report itself. */
export const block = defineBorrowed({
  moduleId: "block",
  description:
    "time left in the 5-hour block, and when it ends; where Claude Code reports limits, `limits` shows its own",
  icons: ["⌛", "\uf252", ""],
  uses: ["limits", "limitsAt", "profile", "timeZone"],
  cachedBy: "cost",
  schema: spendingSchema,
  key: (session, world) => accountKey("cost", session, world),
  read({ limits, limitsAt }, world, spending): CurrentBlock | null {
    // ccusage works the block out from transcripts; the client's own 5-hour window has another start.
    if (limits.fiveHour !== null || typeof limitsAt === "number") return null;
    if (spending === null || spending === "pending" || spending.hasLimits) return null;
    const current = spending.block;
    const leftMs = current === null ? 0 : current.endsAt - world.now();
    // A clock that was set back would show more than a block has.
    return current === null || leftMs <= 0
      ? null
      : { leftMs: Math.min(leftMs, LENGTH), resetTime: current.resetTime };
  },
  until: ({ leftMs }, now) => now + timeSpanChangesIn(leftMs),
  format({ leftMs, resetTime }) {
    const left = { text: timeSpan(leftMs), tone: "plain" } as const;
    const label = { text: " left", tone: "muted" } as const;
    return [[left, label, { text: ` → ${resetTime}`, tone: "muted" }], [left, label], [left]];
  },
});
