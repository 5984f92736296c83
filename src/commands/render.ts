import { collect, type Reading } from "../broker/collect.ts";
import { withProfile } from "../broker/profile.ts";
import { type Frame, readRecord, type SessionRecord } from "../broker/record.ts";
import { revalidate } from "../broker/revalidate.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import { settingsFor } from "../config/snapshot.ts";
import { messageOf } from "../lib/errors.ts";
import { isSafeId } from "../lib/paths.ts";
import { modules } from "../modules/index.ts";
import type { TmuxPane } from "../modules/tmux.ts";
import { compose, type Part, type Screen } from "../render/compose.ts";
import { replay } from "../render/replay.ts";
import { type Terminal, terminalOf, usableColumns } from "../render/terminal.ts";
import { parseSession, type Session } from "../session.ts";
import type { World } from "../world.ts";
import { builtInSettings } from "./built-in.ts" with { type: "macro" };

const builtIn = builtInSettings();

/** Milliseconds until the last good frame is printed instead of a new one. */
const DEADLINE = 200;
/** Milliseconds after that until the run ends, whatever it still waits for. */
const WIND_UP = 100;
/** An unchanged frame is written again after this time, so that the session counts as alive. */
const STILL_ALIVE = 60_000;

/**
 * Prints the status line of the session on stdin. Never throws, and always prints at least one line.
 * @param flags what configures it, `--theme=nord` say
 */
export async function render(world: World, flags: readonly string[]): Promise<void> {
  const printed = Promise.withResolvers<void>();
  const print = once((text: string) => world.stdout(`${text}\n`).then(printed.resolve, printed.resolve));
  const late = setTimeout(async () => print(await lastGood(world)), DEADLINE);
  const work = draw(world, flags, print).catch(async (error) => {
    await print(await lastGood(world, error));
    await tell(world, messageOf(error));
  });
  await Promise.race([work, printed.promise.then(() => Bun.sleep(WIND_UP)), Bun.sleep(DEADLINE + WIND_UP)]);
  clearTimeout(late);
}

async function draw(
  world: World,
  flags: readonly string[],
  print: (text: string) => Promise<void>,
): Promise<void> {
  const text = await world.stdin();
  const told = parseSession(text, world.env, flags);
  const problems: string[] = [];
  // What is stored is good to have; without it the row is made from stdin alone, and the log tells.
  const orNone = <Stored>(reading: Promise<Stored>, none: Stored) =>
    reading.catch((error) => {
      problems.push(messageOf(error));
      return none;
    });
  const [settings, record, linked] = await Promise.all([
    orNone(settingsFor(told, modules, builtIn, world), { ...builtIn, faulty: true }),
    told.sessionId === null ? null : orNone(readRecord(world, told.sessionId), null),
    orNone(withProfile(told, world), told),
  ]);
  const terminal = terminalOf(world.env);
  const input = Bun.hash(text + JSON.stringify([terminal, settings.version])).toString(16);
  const last = record?.statusline.frame;
  if (last?.input === input && Math.abs(world.now() - last.at) < settings.renderer.rateLimitMs)
    return print(last.text);

  const session = asks(settings) ? { ...linked, document: text } : linked;
  const readings = await collect(wanted(settings, session), settings, session, world);
  const parts = readings.map((reading) => partOf(reading, settings));
  const screen = screenOf(terminal, settings, readings);
  const frame = compose(parts, settings.look, screen, settings.faulty) || NOTHING_KNOWN;
  await print(frame);
  await orNone(keep({ text: frame, input, at: world.now() }, session, record, settings, world), undefined);
  await orNone(revalidate(readings, world), undefined);
  for (const { module, error } of readings) if (error !== null) problems.push(`${module.moduleId}: ${error}`);
  await tell(world, ...problems);
}

const NOTHING_KNOWN = "statusline: no data in the input";

/** Whether a command of the person's own is to be given the document. */
function asks(settings: Settings): boolean {
  const { enabled, run } = settingsOf(settings, "command") as { enabled: boolean; run?: string };
  return enabled && Boolean(run);
}

/** The modules that have a place, and tmux: it tells the width to clients that do not. */
function wanted({ look }: Settings, session: Session) {
  const placed = new Set(look.lines.flatMap((line) => line.map(({ moduleId }) => moduleId)));
  if (session.tmux !== null) placed.add("tmux");
  return modules.filter(({ moduleId }) => placed.has(moduleId));
}

function partOf({ module, data, freshness }: Reading, settings: Settings): Part {
  const { moduleId } = module;
  const age = freshness === "stale" || freshness === "expired" ? freshness : "current";
  const forms = data === null ? null : () => module.format(data, settingsOf(settings, moduleId));
  return { moduleId, forms, freshness: age };
}

function screenOf(terminal: Terminal, { look }: Settings, readings: readonly Reading[]): Screen {
  const pane = readings.find(({ module }) => module.moduleId === "tmux")?.data as TmuxPane | null | undefined;
  return {
    columns: usableColumns(terminal.columns ?? pane?.width ?? null, look.padding),
    rows: terminal.rows,
    depth: look.colorEnabled ? terminal.depth : 0,
    links: look.links === "auto" ? terminal.links : look.links === "always",
  };
}

/** Writes the session's record when something in it is new. */
async function keep(
  frame: Frame,
  session: Session,
  record: SessionRecord | null,
  { renderer }: Settings,
  world: World,
): Promise<void> {
  const last = record?.statusline;
  const same = last?.frame.text === frame.text && facts(last.session) === facts(session);
  if (renderer.deduplication && same && frame.at - (last?.frame.at ?? 0) < STILL_ALIVE) return;
  const { writeRecord } = await import("../broker/record-store.ts");
  await writeRecord(session, frame, record, world);
}

/** What makes a session's record new; its durations grow by themselves. */
function facts(session: Session): string {
  const { totalUsd, linesAdded, linesRemoved } = session.cost;
  return JSON.stringify({ ...session, cost: [totalUsd, linesAdded, linesRemoved], document: null });
}

/** The last frame of this session; Claude Code names it in the environment too. */
async function lastGood(world: World, error?: unknown): Promise<string> {
  const sessionId = world.env.CLAUDE_CODE_SESSION_ID ?? "";
  try {
    const record = isSafeId(sessionId) ? await readRecord(world, sessionId) : null;
    if (record !== null) return replay(record.statusline.frame, terminalOf(world.env), world.now());
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
