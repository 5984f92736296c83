import { type Fields, isRecord } from "../lib/fields.ts";

/** What was used in a period. */
export interface Use {
  /** US dollars; null where no price is known. */
  readonly usd: number | null;
  readonly tokens: number;
  /** Some of it has no known price, so that it cost more than `usd`. */
  readonly atLeast: boolean;
  /** What does not fit together in it, for the log. */
  readonly doubts: readonly string[];
}

/** A 5-hour billing block. Times are epoch ms. */
export interface Block extends Use {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly firstUsedAt: number;
  readonly lastUsedAt: number;
  readonly isActive: boolean;
  readonly models: readonly string[];
}

/** A day's use, `date` as `YYYY-MM-DD`. */
export interface Day extends Use {
  readonly date: string;
  /** Models that were used and have no known price. */
  readonly unpriced: readonly string[];
}

/** The list `name` of a report; an empty history gives `{}` or `[]`. @throws Error when it is anything else */
export function rowsOf(report: unknown, name: string): Fields[] {
  if (Array.isArray(report) && report.length === 0) return [];
  if (!isRecord(report)) throw new Error(`ccusage ${name}: not a report`);
  const rows = report[name] ?? [];
  if (!Array.isArray(rows) || !rows.every(isRecord))
    throw new Error(`ccusage ${name}: not a list of ${name}`);
  return rows;
}

/** Reads a block as all known generations of ccusage write it. @throws Error on a missing field */
export function blockOf(row: Fields): Block {
  const startsAt = time(row, "startTime");
  const tokens = number(row, "totalTokens");
  const models = Array.isArray(row.models) ? row.models.map(String) : [];
  const last = typeof row.actualEndTime === "string" ? Date.parse(row.actualEndTime) : Number.NaN;
  const lastUsedAt = Number.isNaN(last) ? startsAt : last;
  // Its rate of tokens is their number by the minutes from the first to the last use; a single use has no rate.
  const rate = isRecord(row.burnRate) ? row.burnRate.tokensPerMinute : null;
  const usedFor = typeof rate === "number" && rate > 0 ? (tokens / rate) * 60_000 : 0;
  const usd = number(row, "costUSD");
  const isUnpriced = usd === 0 && tokens > 0 && models.some(hasPrice);
  return {
    ...useOf(`the block of ${new Date(startsAt).toISOString()}`, usd, tokens, isUnpriced),
    startsAt,
    endsAt: time(row, "endTime"),
    firstUsedAt: Math.max(startsAt, lastUsedAt - usedFor),
    lastUsedAt,
    isActive: row.isActive === true,
    models,
  };
}

/** Reads a day. @throws Error on a missing field */
export function dayOf(row: Fields): Day {
  if (typeof row.date !== "string" || !/^\d{4}-\d\d-\d\d$/.test(row.date))
    throw new Error("ccusage daily: date is not a date");
  const tokens = number(row, "totalTokens");
  const usd = number(row, "totalCost");
  const unpriced = unpricedModels(row.modelBreakdowns);
  const isUnpriced = unpriced === null ? usd === 0 && tokens > 0 : unpriced.length > 0;
  return { ...useOf(row.date, usd, tokens, isUnpriced), date: row.date, unpriced: unpriced ?? [] };
}

/** ccusage reports a cost of 0 for a model without a known price. Null where the models are not listed. */
function unpricedModels(breakdowns: unknown): string[] | null {
  if (!Array.isArray(breakdowns) || !breakdowns.every(isRecord)) return null;
  const unpriced = breakdowns.filter(
    (each) => each.cost === 0 && TOKENS.some((name) => Number(each[name]) > 0),
  );
  return unpriced.map(({ modelName }) => String(modelName)).filter(hasPrice);
}

const TOKENS = ["inputTokens", "outputTokens", "cacheCreationTokens", "cacheReadTokens"];

/** The client marks what it answered itself as `<synthetic>`: that costs nothing. */
const hasPrice = (model: string) => model !== "<synthetic>";

/**
 * US dollars a token: more than the dearest (output of Claude Opus 4.6 in fast mode, 150 a million) and less than the
 * cheapest (cache reads of Claude 3 Haiku, 0.03 a million) that Anthropic has charged.
 */
const PRICE = { least: 0.01 / 1e6, most: 500 / 1e6 };
/** Below these a web search or a rounded figure may be all there is: US dollars, tokens. */
const NOISE = { usd: 1, tokens: 1_000_000 };

function useOf(period: string, usd: number, tokens: number, isUnpriced: boolean): Use {
  if (usd < 0 || tokens < 0) throw new Error(`ccusage: ${period} has a negative amount`);
  const told = `ccusage: ${usd} US dollars for ${tokens} tokens (${period})`;
  if (usd > NOISE.usd + tokens * PRICE.most)
    return { usd: null, tokens, atLeast: false, doubts: [`${told} is too much; the sum is not shown`] };
  if (isUnpriced && usd === 0) return { usd: null, tokens, atLeast: true, doubts: [] };
  if (!isUnpriced && usd > 0 && tokens > NOISE.tokens && usd < tokens * PRICE.least)
    return { usd, tokens, atLeast: true, doubts: [`${told} is too little; the sum is shown as "at least"`] };
  return { usd: usd + 0, tokens, atLeast: isUnpriced, doubts: [] };
}

/** The use of several periods together; `atLeast` where one of them has no known price. */
export function sumOf(uses: readonly Use[]): Use {
  const known = uses.filter(({ usd }) => usd !== null);
  const hasUnknown = known.length < uses.length;
  return {
    usd:
      hasUnknown && known.every(({ usd }) => usd === 0)
        ? null
        : known.reduce((sum, { usd }) => sum + (usd ?? 0), 0),
    tokens: uses.reduce((sum, { tokens }) => sum + tokens, 0),
    atLeast: hasUnknown || uses.some(({ atLeast }) => atLeast),
    doubts: uses.flatMap(({ doubts }) => doubts),
  };
}

function number(row: Fields, name: string): number {
  const value = row[name];
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new Error(`ccusage: ${name} is not a number`);
  return value;
}

function time(row: Fields, name: string): number {
  const value = Date.parse(String(row[name]));
  if (Number.isNaN(value)) throw new Error(`ccusage: ${name} is not a time`);
  return value;
}
