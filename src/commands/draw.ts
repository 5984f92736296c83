import { collect, type Reading } from "../broker/collect.ts";
import { type LastRender, writeLastRender } from "../broker/last-render.ts";
import { changesAt, type Input } from "../broker/memo.ts";
import { withProfile } from "../broker/profile.ts";
import { revalidate } from "../broker/revalidate.ts";
import { watched } from "../broker/watch.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import type { StatusModule } from "../module.ts";
import { modules } from "../modules/index.ts";
import type { TmuxPane } from "../modules/tmux.ts";
import { parseSession } from "../parse-session.ts";
import { compose, type Part, type Screen } from "../render/compose.ts";
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
 * @throws SyntaxError when the input is not JSON
 */
export async function draw(
  input: Input,
  last: LastRender | null,
  outside: World,
  print: Print,
): Promise<string[]> {
  const told = parseSession(input.text, outside.env, input.flags);
  const watch = watched(outside, last?.rest().texts ?? {});
  const { world } = watch;
  const problems: string[] = [];
  let settings: Settings;
  let linked = told;
  // What is stored is good to have; without it the row is made from stdin alone.
  try {
    settings = await configured(told, world);
  } catch (error) {
    problems.push(messageOf(error));
    settings = { ...builtIn, faulty: true };
  }
  try {
    linked = withProfile(told, world);
  } catch (error) {
    problems.push(messageOf(error));
  }
  const session = asks(settings) ? { ...linked, document: input.text } : linked;
  const wanted = wantedBy(settings, session);
  const readings = collect(wanted, settings, session, world);
  const parts: Part[] = [];
  for (const reading of readings) parts.push(partOf(reading));
  const screen = screenOf(settings, readings, world);
  const frame = compose(parts, settings.look, screen, settings.faulty) || NOTHING_KNOWN;
  await print(frame);

  const at = world.now();
  const { deduplication, rateLimitMs } = settings.renderer;
  let exact = false;
  for (const { eachRun } of wanted) exact ||= eachRun === true;
  const memo = {
    input: input.hash(exact),
    exact,
    rateLimit: at + rateLimitMs,
    until: deduplication ? changesAt(readings, at) : at,
    files: watch.files(),
  };
  const rest = { session, texts: watch.texts };
  const tell = (error: unknown) => void problems.push(messageOf(error));
  await writeLastRender(rest, { text: frame, at }, memo, outside).catch(tell);
  await revalidate(readings, input.flags, outside).catch(tell);
  for (const { module, error } of readings) if (error !== null) problems.push(`${module.moduleId}: ${error}`);
  return problems;
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

function partOf({ module, settings, data, freshness }: Reading): Part {
  const age = freshness === "stale" || freshness === "expired" ? freshness : "current";
  const forms = data === null ? null : () => module.format(data, settings);
  return { moduleId: module.moduleId, forms, freshness: age };
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
