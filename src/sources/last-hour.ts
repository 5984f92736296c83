import type { TypeBuilder } from "../module.ts";
import type { Block } from "./ccusage-report.ts";
import type { Share } from "./share.ts";

const HOUR = 3_600_000;
/** What is known of a shorter time than this says too little about an hour. */
const TOO_SHORT = 10 * 60_000;
/** Samples are not closer together than this. */
const STEP = 5 * 60_000;

/** What an account had used since local midnight at a time; negative before midnight. */
export interface SpendingSample {
  readonly at: number;
  /** US dollars; null where no price is known. */
  readonly usd: number | null;
  readonly tokens: number;
}

/** What an account used in the hour before `at` (epoch ms). */
export interface LastHour {
  readonly at: number;
  /** US dollars; null where no price is known. */
  readonly usd: number | null;
  readonly tokens: number;
  /** It cost more: only a part of the hour is known, or some of it has no known price. */
  readonly atLeast: boolean;
  /** Only a part of the hour is known. */
  readonly isPart: boolean;
}

/** TypeBox type of a sample. */
export const sampleSchema = (t: TypeBuilder) =>
  t.Object({ at: t.Number(), usd: t.Union([t.Number(), t.Null()]), tokens: t.Number() });

/** TypeBox type of the last hour. */
export const lastHourSchema = (t: TypeBuilder) =>
  t.Union([
    t.Object({
      at: t.Number(),
      usd: t.Union([t.Number({ minimum: 0 }), t.Null()]),
      tokens: t.Number({ minimum: 0 }),
      atLeast: t.Boolean(),
      isPart: t.Boolean(),
    }),
    t.Null(),
  ]);

/**
 * What was used in the last hour: nothing where the last use is older; the block, where all use of the hour is in it;
 * else the difference to a sample of about an hour ago, or to a younger one as the least that it can be. Null where
 * too little is known. It is a sum and not a rate: two replies within a second are not an hour of them.
 * @param now what is used since midnight now
 * @param samples of earlier fetches, oldest first
 * @param blocks all blocks of the last hour, the account's own and others'
 * @param since when the account took over the directory (epoch ms), null for the first
 */
export function lastHour(
  now: SpendingSample & { readonly atLeast: boolean },
  samples: readonly SpendingSample[],
  blocks: readonly Block[],
  since: number | null,
): LastHour | null {
  const { at } = now;
  const used = blocks.filter(({ lastUsedAt }) => lastUsedAt > at - HOUR);
  const [block, ...others] = used;
  if (block === undefined) return { at, usd: 0, tokens: 0, atLeast: false, isPart: false };
  const isWhole = others.length === 0 && block.firstUsedAt >= at - HOUR;
  if (isWhole && block.startsAt >= (since ?? 0))
    return { at, usd: block.usd, tokens: block.tokens, atLeast: block.atLeast, isPart: false };
  const then = sampleFor(at, samples);
  if (then === null) return null;
  const usd = now.usd === null || then.usd === null ? null : Math.max(0, now.usd - then.usd);
  const isPart = at - then.at < HOUR;
  // A sample somewhat older than an hour: what was used since then, for an hour of it.
  const part = isPart ? 1 : HOUR / (at - then.at);
  return {
    at,
    usd: usd === null ? null : usd * part,
    tokens: Math.max(0, now.tokens - then.tokens) * part,
    atLeast: isPart || (now.atLeast && used.some(({ atLeast }) => atLeast)),
    isPart,
  };
}

/** The newest sample from before the hour, if it is not much older; else the oldest within it. */
function sampleFor(at: number, samples: readonly SpendingSample[]): SpendingSample | null {
  const before = samples.findLast((each) => each.at <= at - HOUR && each.at >= at - HOUR - TOO_SHORT);
  const within = samples.find((each) => each.at > at - HOUR && each.at <= at - TOO_SHORT);
  return before ?? within ?? null;
}

/**
 * The samples from the last hour, oldest first. Those from before midnight count from the midnight that has passed since.
 * @param before the former samples, and the day that they count from
 * @param yesterday what the account used on the whole day before
 */
export function samplesOf(
  today: Share,
  before: { readonly samples: readonly SpendingSample[]; readonly today: Share } | null,
  yesterday: { readonly usd: number | null; readonly tokens: number },
  at: number,
): SpendingSample[] {
  // After a clock was set back, samples of the future are no samples.
  const isRecent = (each: SpendingSample) => each.at >= at - HOUR - TOO_SHORT && each.at < at;
  const recent = (before?.samples ?? []).filter(isRecent);
  if (before?.today.startsAt === today.startsAt) return recent;
  if (before?.today.endsAt !== today.startsAt) return [];
  return recent.map(({ at, usd, tokens }) => ({
    at,
    usd: usd === null || yesterday.usd === null ? null : usd - yesterday.usd,
    tokens: tokens - yesterday.tokens,
  }));
}

/** The samples with a new one, unless the last is young enough. */
export function withSample(
  samples: readonly SpendingSample[],
  { at, usd, tokens }: SpendingSample,
): SpendingSample[] {
  return at - (samples.at(-1)?.at ?? 0) < STEP ? [...samples] : [...samples, { at, usd, tokens }];
}
