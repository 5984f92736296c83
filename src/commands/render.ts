import { collect, type Reading } from "../broker/collect.ts";
import { withProfile } from "../broker/profile.ts";
import { type Frame, readRecord, type SessionRecord } from "../broker/record.ts";
import { revalidate } from "../broker/revalidate.ts";
import { messageOf } from "../lib/errors.ts";
import { isSafeId } from "../lib/paths.ts";
import { modules } from "../modules/index.ts";
import type { TmuxPane } from "../modules/tmux.ts";
import { compose, type Part, type Screen } from "../render/compose.ts";
import { defaultLayout } from "../render/layout.ts";
import { type ColorDepth, colorDepth } from "../render/style.ts";
import { calm } from "../render/theme.ts";
import { parseSession, type Session } from "../session.ts";
import type { World } from "../world.ts";

/** Milliseconds until the last good frame is printed instead of a new one. */
const DEADLINE = 200;
/** Milliseconds after that until the run ends, whatever it still waits for. */
const WIND_UP = 100;
/** Within this time of an equal input the last frame is printed again. */
const RATE_LIMIT = 10;
/** An unchanged frame is written again after this time, so that the session counts as alive. */
const STILL_ALIVE = 60_000;

/** Prints the status line of the session on stdin. Never throws, and always prints at least one line. */
export async function render(world: World): Promise<void> {
  const printed = Promise.withResolvers<void>();
  const print = once((text: string) => world.stdout(`${text}\n`).then(printed.resolve, printed.resolve));
  const late = setTimeout(async () => print(await lastGood(world)), DEADLINE);
  const work = draw(world, print).catch(async (error) => {
    await print(await lastGood(world, error));
    await tell(world, messageOf(error));
  });
  await Promise.race([work, printed.promise.then(() => Bun.sleep(WIND_UP)), Bun.sleep(DEADLINE + WIND_UP)]);
  clearTimeout(late);
}

async function draw(world: World, print: (text: string) => Promise<void>): Promise<void> {
  const text = await world.stdin();
  const session = parseSession(text, world.env);
  const terminal = terminalOf(world);
  const input = hash(text, terminal);
  const problems: string[] = [];
  // What is stored is good to have; without it the row is made from stdin alone, and the log tells.
  const orNone = <Stored>(reading: Promise<Stored>, none: Stored) =>
    reading.catch((error) => {
      problems.push(messageOf(error));
      return none;
    });
  const record = session.sessionId === null ? null : await orNone(readRecord(world, session.sessionId), null);
  const last = record?.statusline.frame;
  if (last?.input === input && Math.abs(world.now() - last.at) < RATE_LIMIT) return print(last.text);

  const readings = await collect(modules, await orNone(withProfile(session, world), session), world);
  const frame =
    compose(readings.map(partOf), defaultLayout, calm, screenOf(terminal, readings)) || NOTHING_KNOWN;
  await print(frame);
  await orNone(keep({ text: frame, input, at: world.now() }, session, record, world), undefined);
  await orNone(revalidate(readings, world), undefined);
  for (const { module, error } of readings) if (error !== null) problems.push(`${module.moduleId}: ${error}`);
  await tell(world, ...problems);
}

const NOTHING_KNOWN = "statusline: no data in the input";

function partOf({ module, data, freshness }: Reading): Part {
  const { moduleId } = module;
  const age = freshness === "stale" || freshness === "expired" ? freshness : "current";
  return { moduleId, forms: data === null ? null : () => module.format(data), freshness: age };
}

/** What of the terminal the environment tells; older clients do not give COLUMNS. */
interface Terminal {
  readonly columns: number | null;
  readonly rows: number | null;
  readonly depth: ColorDepth;
}

function terminalOf({ env }: World): Terminal {
  const number = (text: string | undefined) => {
    const value = Number(text);
    return Number.isInteger(value) && value > 0 ? value : null;
  };
  return { columns: number(env.COLUMNS), rows: number(env.LINES), depth: colorDepth(env) };
}

/** No terminal is wider; a line filled up to any number at all would be. */
const WIDEST = 2000;

/** Claude Code leaves four columns unused; without its COLUMNS the tmux pane's width counts, else 80. */
function screenOf({ columns, rows, depth }: Terminal, readings: readonly Reading[]): Screen {
  const pane = readings.find(({ module }) => module.moduleId === "tmux")?.data as TmuxPane | null | undefined;
  return { columns: Math.min(WIDEST, Math.max(1, (columns ?? pane?.width ?? 80) - 4)), rows, depth };
}

function hash(text: string, terminal: Terminal): string {
  return Bun.hash(text + JSON.stringify(terminal)).toString(16);
}

/** Writes the session's record when something in it is new. */
async function keep(
  frame: Frame,
  session: Session,
  record: SessionRecord | null,
  world: World,
): Promise<void> {
  const last = record?.statusline;
  const same = last?.frame.text === frame.text && facts(last.session) === facts(session);
  if (same && frame.at - (last?.frame.at ?? 0) < STILL_ALIVE) return;
  const { writeRecord } = await import("../broker/record-store.ts");
  await writeRecord(session, frame, record, world);
}

/** What makes a session's record new; its duration grows by itself. */
function facts(session: Session): string {
  return JSON.stringify({ ...session, cost: session.cost.totalUsd });
}

/** The last frame of this session; Claude Code names it in the environment too. */
async function lastGood(world: World, error?: unknown): Promise<string> {
  const sessionId = world.env.CLAUDE_CODE_SESSION_ID ?? "";
  try {
    const record = isSafeId(sessionId) ? await readRecord(world, sessionId) : null;
    if (record !== null) return record.statusline.frame.text;
  } catch {
    // The state directory cannot be read; a line without it is still better than none.
  }
  if (error === undefined) return "statusline: waiting for Claude Code";
  return error instanceof SyntaxError
    ? "statusline: the input cannot be read"
    : "statusline: an error, see `statusline doctor`";
}

async function tell(world: World, ...errors: string[]): Promise<void> {
  if (errors.length === 0) return;
  const { log } = await import("../lib/log.ts");
  for (const error of errors) log(world.paths.log, "error", "render", error);
}

function once(print: (text: string) => Promise<void>): (text: string) => Promise<void> {
  let printing: Promise<void> | null = null;
  return (text) => {
    printing ??= print(text);
    return printing;
  };
}
