import { collect, type Reading } from "../broker/collect.ts";
import { type Kept, keptFrom } from "../broker/kept.ts";
import { type LastRender, type Memo, type SeenFile, writeLastRender } from "../broker/last-render.ts";
import { changesAt, type Input } from "../broker/memo.ts";
import { withProfile } from "../broker/profile.ts";
import { revalidate } from "../broker/revalidate.ts";
import { watched } from "../broker/watch.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import type { DrawnPart, Screen } from "../look/screen.ts";
import type { Form, StatusModule } from "../module.ts";
import { modules } from "../modules/index.ts";
import type { TmuxPane } from "../modules/tmux.ts";
import { parseSession } from "../parse-session.ts";
import { compose, longestOf, type Part } from "../render/compose.ts";
import { terminalOf, usableColumns } from "../render/terminal.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { builtIn, configured } from "./settings.ts";

/** Prints a frame; only the first one of a run is printed. */
export type Print = (text: string) => Promise<void>;

const NOTHING_KNOWN = "statusline: no data in the input";

/**
 * Makes a new frame from Claude Code's document and prints it, remembers it, and has fetched what is due.
 * @returns what went wrong on the way, for the log: the frame is made from what there is
 * @param last the session's last render, if there is one
 * @param holds whether the parts of it that look at nothing new in the document hold
 * @throws SyntaxError when the input is not JSON
 */
export async function draw(
  input: Input,
  last: LastRender | null,
  holds: boolean,
  outside: World,
  print: Print,
): Promise<string[]> {
  const told = parseSession(input.text, outside.env, input.flags);
  const before = last?.rest() ?? null;
  const kept = holds && before !== null ? keptFrom(before, told) : null;
  const watch = watched(outside, before?.texts ?? {}, kept === null ? [] : (last?.memo.files ?? []));
  const problems: string[] = [];
  const tell = (error: unknown) => void problems.push(messageOf(error));
  const settings = await settingsOr(told, watch.world, tell);
  const linked = kept?.session ?? linkedOr(told, watch.world, tell);
  const session = asks(settings) ? { ...linked, document: input.text } : linked;
  const wanted = wantedBy(settings, session);
  const { readings, screen, parts } = partsOf(wanted, kept, settings, session, watch.world);
  const frame = compose(parts, settings.look, screen, settings.faulty) || NOTHING_KNOWN;
  await print(frame);

  const at = outside.now();
  const until = changesAt(readings, at, kept === null ? null : (last?.memo.until ?? null));
  const memo = memoOf(input, wanted, settings, { at, until, files: watch.files() });
  const rest = { session, screen, parts: drawnOf(parts), texts: watch.texts };
  await writeLastRender(rest, { text: frame, at }, memo, outside).catch(tell);
  await revalidate(readings, input.flags, outside).catch(tell);
  for (const { module, error } of readings) if (error !== null) problems.push(`${module.moduleId}: ${error}`);
  return problems;
}

type Tell = (error: unknown) => void;

/** What is stored is good to have; without it the row is made from stdin alone. */
async function settingsOr(session: Session, world: World, tell: Tell): Promise<Settings> {
  try {
    return await configured(session, world);
  } catch (error) {
    tell(error);
    return { ...builtIn, faulty: true };
  }
}

function linkedOr(session: Session, world: World, tell: Tell): Session {
  try {
    return withProfile(session, world);
  } catch (error) {
    tell(error);
    return session;
  }
}

/** Whether a command of the person's own is to be given the document. */
function asks(settings: Settings): boolean {
  const { enabled, run } = settingsOf(settings, "command") as { enabled: boolean; run?: string };
  return enabled && Boolean(run);
}

/** The modules that have a place, and tmux: it tells the width to clients that do not. */
function wantedBy(settings: Settings, session: Session): StatusModule[] {
  const placed: Record<string, true> = {};
  for (const line of settings.look.lines) for (const { moduleId } of line) placed[moduleId] = true;
  if (session.tmux !== null && settingsOf(settings, "tmux").enabled) placed.tmux = true;
  const wanted: StatusModule[] = [];
  for (const module of modules) if (placed[module.moduleId]) wanted.push(module);
  return wanted;
}

/** The parts of these modules: those that are kept, and the others from new readings. */
function partsOf(
  wanted: readonly StatusModule[],
  kept: Kept | null,
  settings: Settings,
  session: Session,
  world: World,
) {
  const parts: Part[] = [];
  const others: StatusModule[] = [];
  for (const module of wanted) {
    const part = kept?.part(module) ?? null;
    // Its other forms are wanted only where the line has become too long.
    const forms = () => formsOf(collect([module], settings, session, world)[0]);
    if (part === null) others.push(module);
    else parts.push({ ...part, moduleId: module.moduleId, forms });
  }
  const readings = collect(others, settings, session, world);
  const screen = kept?.screen ?? screenOf(settings, readings, world);
  for (const reading of readings) {
    const { module, freshness: age } = reading;
    const freshness = age === "stale" || age === "expired" ? age : "current";
    const part = { moduleId: module.moduleId, forms: () => formsOf(reading), freshness } as const;
    parts.push({ ...part, longest: longestOf(part, settings.look, screen) });
  }
  return { readings, screen, parts };
}

function formsOf(reading: Reading | undefined): readonly Form[] {
  if (reading === undefined || reading.data === null) return [];
  return reading.module.format(reading.data, reading.settings);
}

/** What is remembered of the parts. */
function drawnOf(parts: readonly Part[]): Record<string, DrawnPart> {
  const drawn: Record<string, DrawnPart> = {};
  for (const { moduleId, longest = null, freshness } of parts) drawn[moduleId] = { longest, freshness };
  return drawn;
}

/** How long the frame stands. */
function memoOf(
  input: Input,
  wanted: readonly StatusModule[],
  { renderer: { deduplication, rateLimitMs } }: Settings,
  { at, until, files }: { at: number; until: number; files: readonly SeenFile[] },
): Memo {
  let exact = false;
  for (const { eachRun } of wanted) exact ||= eachRun === true;
  return {
    environment: input.environment,
    document: input.hash(exact),
    exact,
    rateLimit: at + rateLimitMs,
    until: deduplication ? until : at,
    files,
  };
}

function screenOf({ look }: Settings, readings: readonly Reading[], world: World): Screen {
  const terminal = terminalOf(world.env);
  let columns = terminal.columns;
  for (const { module, data } of readings)
    if (module.moduleId === "tmux") columns ??= (data as TmuxPane | null)?.width ?? null;
  return {
    columns: usableColumns(columns, look.padding),
    rows: terminal.rows,
    depth: look.colorEnabled ? terminal.depth : 0,
    links: look.links === "auto" ? terminal.links : look.links === "always",
  };
}
