import { defineFetched } from "../define-module.ts";
import { usd } from "../lib/quantity.ts";
import type { Fetched, Form } from "../module.ts";
import type { LastHour } from "../sources/last-hour.ts";
import { accountKey } from "../sources/share.ts";
import { spendingSchema, sumText, unseenBy } from "../sources/spending.ts";

interface Cost {
  readonly sessionUsd: number | null;
  readonly account: Fetched<{
    readonly today: string;
    /** Spent in the last hour; null: nothing, or unknown. */
    readonly lastHour: string | null;
    /** When the day ends, or the last hour is too long ago, epoch ms. */
    readonly endsAt: number;
  }>;
}

const HOUR = 3_600_000;

/** Cost of the session, of today and of the last hour. */
export const cost = defineFetched({
  moduleId: "cost",
  description: "cost of the session, of today and of the last hour",
  icons: ["💰", "\uf155", ""],
  uses: ["sessionId", "firstSeen", "cost", "profile", "timeZone"],
  config: {
    refreshInterval: 180_000,
    cacheTTL: 900_000,
    stalenessThreshold: 3_600_000,
    timeout: 35_000,
    maxRetries: 1,
    retryBackoff: 30_000,
    maxConcurrent: 1,
  },
  schema: spendingSchema,
  key: (session, world) => accountKey("cost", session, world),
  async fetch(asking) {
    const { fetchSpending } = await import("../sources/fetch-spending.ts");
    return fetchSpending(asking);
  },
  validate: (spending) => ({ valid: true, errors: [], warnings: spending.doubts, sanitized: spending }),
  read(session, world, spending): Cost | null {
    const sessionUsd = session.cost.totalUsd;
    if (spending === null && sessionUsd === null) return null;
    if (spending === null || spending === "pending") return { sessionUsd, account: spending };
    const now = world.now();
    const { today, lastHour } = spending;
    const hourEndsAt = (lastHour?.at ?? 0) + HOUR;
    return {
      sessionUsd,
      account: {
        today: now < today.endsAt ? sumText(today, unseenBy(session, spending)) : "–",
        lastHour: lastHour === null || now >= hourEndsAt ? null : hourText(lastHour),
        endsAt: Math.min(later(today.endsAt, now), later(hourEndsAt, now)),
      },
    };
  },
  until: ({ account }) => (account === null || account === "pending" ? Infinity : account.endsAt),
  format({ sessionUsd, account }) {
    const session = labelled(sessionUsd === null ? "–" : usd(sessionUsd), "session");
    if (account === null) return [session];
    if (account === "pending") return [[...session, { text: "  … today", tone: "muted" }], session];
    const { today, lastHour } = account;
    const both: Form = [...session, BLANK, ...labelled(today, "today")];
    const forms: Form[] = [both, [{ text: sessionUsd === null ? "–" : usd(sessionUsd), tone: "plain" }]];
    if (lastHour !== null) forms.unshift([...both, BLANK, ...labelled(lastHour, "/h", "")]);
    return forms;
  },
});

function hourText({ usd: own, atLeast }: LastHour): string | null {
  return own === null || own === 0 ? null : sumText({ own, atLeast });
}

const BLANK = { text: "  ", tone: "plain" } as const;

/** A time that has not come yet; one that has changes nothing any more. */
const later = (time: number, now: number) => (time > now ? time : Infinity);

const labelled = (value: string, label: string, gap = " "): Form => [
  { text: value, tone: "plain" },
  { text: `${gap}${label}`, tone: "muted" },
];
