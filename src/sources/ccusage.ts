import { failureOf } from "../lib/exec.ts";
import type { World } from "../world.ts";

/** The current 5-hour billing block. Money in US dollars, null where ccusage knows no price; times epoch ms. */
export interface Block {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly costUsd: number | null;
  readonly totalTokens: number;
  readonly burnRateUsdPerHour: number | null;
  readonly tokensPerMinute: number | null;
}

/** Cost of one block, for adding up a day. */
export interface BlockCost {
  readonly startsAt: number;
  /** Last use in it. */
  readonly lastUsedAt: number;
  readonly costUsd: number | null;
}

export interface Week {
  /** Its first day, `YYYY-MM-DD`. */
  readonly start: string;
  readonly costUsd: number | null;
  readonly totalTokens: number;
}

/** How one question to ccusage is asked: by which program, within how many milliseconds. */
export interface Asking {
  readonly program: string;
  readonly world: World;
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/**
 * Finds ccusage on PATH, and its native binary where its npm wrapper has one: the wrapper costs 100 ms of
 * Node and may leave the binary running when it is killed.
 * @throws Error when there is none
 */
export async function findCcusage(world: World): Promise<string> {
  const found = Bun.which("ccusage", { PATH: world.childEnv().PATH ?? "" });
  if (found === null) throw new Error("ccusage is not on PATH");
  return (await nativeBinary(found)) ?? found;
}

async function nativeBinary(found: string): Promise<string | null> {
  const [{ realpath, access, constants }, { dirname, join }] = await Promise.all([
    import("node:fs/promises"),
    import("node:path"),
  ]);
  const script = await realpath(found);
  if (!/[/\\]node_modules[/\\]ccusage[/\\]/.test(script)) return null;
  // …/node_modules/ccusage/src/cli.js → …/node_modules/@ccusage/ccusage-<platform>-<arch>/bin/ccusage
  const modules = script.slice(0, script.lastIndexOf("node_modules") + "node_modules".length);
  const name = `ccusage-${process.platform}-${process.arch}`;
  const suffix = process.platform === "win32" ? ".exe" : "";
  const candidates = [modules, join(dirname(dirname(script)), "node_modules")].map((folder) =>
    join(folder, "@ccusage", name, "bin", `ccusage${suffix}`),
  );
  for (const path of candidates) {
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

/**
 * Blocks that began on or after `since` (`YYYYMMDD`, local), oldest first, and the active one.
 * @throws Error when ccusage fails or prints something else
 */
export async function blocks(since: string, asking: Asking) {
  const report = await ask(["blocks", "--json", "--offline", "--since", since], asking);
  const rows = rowsOf(report, "blocks").filter((row) => row.isGap !== true);
  const active = rows.find((row) => row.isActive === true);
  return { all: rows.map(blockCost), active: active === undefined ? null : activeBlock(active) };
}

/**
 * Weeks that began on or after `since` (`YYYYMMDD`, local), Monday first.
 * Since version 20 plain `weekly` counts other agents too, and `claude weekly` is Claude Code's own.
 * @throws Error when ccusage fails or prints something else
 */
export async function weeks(since: string, asking: Asking) {
  const report = (await majorVersion(asking)) >= 20 ? ["claude", "weekly"] : ["weekly"];
  const args = [...report, "--json", "--offline", "--start-of-week", "monday", "--since", since];
  return rowsOf(await ask(args, asking), "weekly").map(week);
}

async function majorVersion({ program, world, timeout, signal }: Asking): Promise<number> {
  const result = await world.exec([program, "--version"], { timeout, signal });
  const major = Number(/(\d+)\.\d+\.\d+/.exec(result.stdout)?.[1]);
  if (!major) throw new Error(failureOf("ccusage --version", result));
  return major;
}

async function ask(args: string[], { program, world, timeout, signal }: Asking): Promise<unknown> {
  const result = await world.exec([program, ...args], { timeout, signal });
  // Without any history it exits 1 with a text: that is an answer, and the answer is "nothing used".
  if (result.exitCode !== 0 && /No valid Claude data director/i.test(result.stderr)) return {};
  try {
    if (result.exitCode === 0) return JSON.parse(result.stdout);
  } catch {
    // Not JSON. The parser's message would quote what was printed.
  }
  throw new Error(failureOf(`ccusage ${args[0]}`, result));
}

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The list `name` of a report; an empty history gives `{}` or `[]`. @throws Error when it is anything else */
function rowsOf(report: unknown, name: string): Row[] {
  if (Array.isArray(report) && report.length === 0) return [];
  if (!isRow(report)) throw new Error(`ccusage ${name}: not a report`);
  const rows = report[name] ?? [];
  if (!Array.isArray(rows) || !rows.every(isRow)) throw new Error(`ccusage ${name}: not a list of ${name}`);
  return rows;
}

/** Reads the active block as the three generations of ccusage write it. @throws Error on a missing field */
export function activeBlock(row: Row): Block {
  const burnRate = isRow(row.burnRate) ? row.burnRate : {};
  const costUsd = price(row);
  return {
    startsAt: time(row, "startTime"),
    endsAt: time(row, "endTime"),
    costUsd,
    totalTokens: number(row, "totalTokens"),
    burnRateUsdPerHour: costUsd === null ? null : optional(burnRate.costPerHour),
    tokensPerMinute: optional(burnRate.tokensPerMinute),
  };
}

function blockCost(row: Row): BlockCost {
  const startsAt = time(row, "startTime");
  const last = typeof row.actualEndTime === "string" ? Date.parse(row.actualEndTime) : Number.NaN;
  return { startsAt, lastUsedAt: Number.isNaN(last) ? startsAt : last, costUsd: price(row) };
}

/** Reads a week; its first day stands in `week`, or in `period` in the plain report of version 20. */
export function week(row: Row): Week {
  const start = row.week ?? row.period;
  if (typeof start !== "string") throw new Error("ccusage weekly: a week without its first day");
  const totalTokens = number(row, "totalTokens");
  const cost = number(row, "totalCost");
  return { start, costUsd: cost === 0 && totalTokens > 0 ? null : cost, totalTokens };
}

/** A generation without a price for the model reports 0: tokens that cost nothing have no known price. */
function price(row: Row): number | null {
  const cost = number(row, "costUSD");
  return cost === 0 && number(row, "totalTokens") > 0 ? null : cost;
}

function number(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new Error(`ccusage: ${name} is not a number`);
  return value;
}

const optional = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : null);

function time(row: Row, name: string): number {
  const value = Date.parse(String(row[name]));
  if (Number.isNaN(value)) throw new Error(`ccusage: ${name} is not a time`);
  return value;
}
