import {
  type LastRender,
  type LastScreen,
  type Memo,
  type SeenFile,
  writeLastRender,
} from "../cache/saved-frame.ts";
import { isOtherLogin, loginFile, loginOf, withProfile } from "../cache/session-profile.ts";
import { type Settings, settingsId, settingsOf } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import { truncate } from "../lib/text.ts";
import type { TmuxPane } from "../modules/tmux.ts";
import { parseSession } from "../parse-session.ts";
import { pathsBelow } from "../paths.ts";
import { compose } from "../render/compose.ts";
import { terminalOf, usableColumns } from "../render/terminal.ts";
import type { Session } from "../session.ts";
import { withFormerLimits, withLimitsAt } from "../sources/limits.ts";
import { withFirstSeen } from "../sources/spending.ts";
import type { World } from "../world.ts";
import { type KnownPart, lastParts, partsOf, untilOf } from "./parts.ts";
import type { Reading } from "./readings.ts";
import { type Watch, watched } from "./recorder.ts";
import { type Kept, keptFrom } from "./reuse.ts";
import { builtIn, configured } from "./session-settings.ts";
import { standFor, startIfElected } from "./start-refresher.ts";
import { changesAt, type Input, type Standing } from "./validity.ts";

/** Prints a frame; only the first one of a run is printed. */
export type Print = (text: string) => Promise<void>;

const NOTHING_KNOWN = "statusline: no data in the input";

/**
 * Makes a new frame from Claude Code's document and prints it, remembers it, and has fetched what is due.
 * @returns what went wrong on the way, for the log: the frame is made from what there is
 * @param last the session's last render, if there is one
 * @param standing what of it holds
 * @throws SyntaxError when the input is not JSON
 */
export async function draw(
  input: Input,
  last: LastRender | null,
  standing: Standing | null,
  outside: World,
  print: Print,
): Promise<string[]> {
  const problems: string[] = [];
  const tell = (error: unknown) => {
    problems.push(messageOf(error));
    return null;
  };
  const store = { isUsable: await hasStore(input, last, outside) };
  const world = store.isUsable ? outside : withoutStore(outside);
  const { settings, session, login, kept, watch } = await groundsOf(input, last, standing, world, tell);
  const { parts, readings, lacks } = await partsOf(settings, session, kept, watch.world, store, tell);
  // While the frame is made, others that stand with this render leave their marks.
  const candidate = store.isUsable ? await standFor(readings, outside).catch(() => unusable(store)) : null;
  const screen = kept?.screen ?? screenOf(settings, readings, outside);
  const frame =
    compose(parts, settings.look, screen, settings.faulty, !store.isUsable) ||
    truncate(NOTHING_KNOWN, screen.columns);
  // A line has become too long for what is known of its parts.
  if (lacks()) {
    problems.push(...(await draw(input, last, null, outside, print)));
    await startIfElected(candidate, input.flags, outside).catch(tell);
    return problems;
  }
  await print(frame);
  if (!store.isUsable) return problems;

  const at = outside.now();
  const known = memoOf(input, parts, readings, settings, kept?.exact ?? false, at);
  const memo = { ...known, files: watch.files(valuesSeen(readings, login)) };
  const rest = {
    session,
    screen,
    settings: settingsId(settings),
    parts: lastParts(parts),
    texts: watch.texts,
  };
  await writeLastRender(rest, { text: frame, at }, memo, outside).catch(tell);
  await startIfElected(candidate, input.flags, outside).catch(tell);
  for (const { module, error } of readings) if (error !== null) problems.push(`${module.moduleId}: ${error}`);
  return problems;
}

/**
 * Whether what is stored may be used: the folder is this user's alone. A frame that was made in the same environment proves
 * it: nobody else knows that, so nobody else could have written it.
 */
async function hasStore(input: Input, last: LastRender | null, world: World): Promise<boolean> {
  if (!world.hasHome) return false;
  return last?.memo.environment === input.environment || world.isPrivate(world.paths.root);
}

/** Nothing can be written: a file system that is read-only, say. What would come later never does. */
function unusable(store: { isUsable: boolean }): null {
  store.isUsable = false;
  return null;
}

/** A world in which nothing is stored. */
function withoutStore(world: World): World {
  return { ...world, paths: pathsBelow("/dev/null") };
}

/** The files whose value counts, not their time: fresh entries, and the login. */
function valuesSeen(readings: readonly Reading[], login: SeenFile | null): SeenFile[] {
  const files = login === null ? [] : [login];
  for (const { file } of readings) if (file !== null) files.push(file);
  return files;
}

/** What a frame is made from. */
interface Grounds {
  readonly settings: Settings;
  readonly session: Session;
  /** The file that names the login; null where a kept frame has it among its files. */
  readonly login: SeenFile | null;
  readonly kept: Kept | null;
  readonly watch: Watch;
}

async function groundsOf(
  { text, flags }: Input,
  last: LastRender | null,
  standing: Standing | null,
  outside: World,
  tell: Tell,
): Promise<Grounds> {
  const before = last?.rest() ?? null;
  const parsed = parseSession(text, outside.env, flags);
  const former = before?.session ?? null;
  const told = withFirstSeen(withLimitsAt(parsed, former, outside.now()), former, outside.now());
  const keepable = last && standing && keptFrom(last, standing, told, outside.now());
  const watch = watched(outside, before?.texts ?? {}, keepable?.files ?? null);
  const settings = await settingsOr(told, watch.world, tell);
  const mayKeep = before?.settings === settingsId(settings) && settings.renderer.deduplication;
  const kept = mayKeep ? keepable : null;
  const { session: proven, login } =
    kept === null ? linkedOr(told, watch.world, tell) : { session: kept.session, login: null };
  const isSwapped = last !== null && login !== null && isOtherLogin(last.memo.files, login);
  const linked = isSwapped && before !== null ? withFormerLimits(proven, before.session) : proven;
  return { settings, session: asks(settings) ? { ...linked, document: text } : linked, login, kept, watch };
}

/** How long a frame of these parts stands. @param isExact whether one that is kept shows what grows with every run */
function memoOf(
  input: Input,
  parts: readonly KnownPart[],
  readings: readonly Reading[],
  { renderer: { deduplication, rateLimitMs } }: Settings,
  isExact: boolean,
  at: number,
): Omit<Memo, "files"> {
  let exact = isExact;
  for (const { module } of readings) exact ||= module.eachRun === true;
  return {
    environment: input.environment,
    document: input.hash(exact),
    exact,
    rateLimit: at + rateLimitMs,
    until: deduplication ? changesAt(parts, at) : at,
  };
}

type Tell = (error: unknown) => null;

/** What is stored is good to have; without it the row is made from stdin alone. */
function settingsOr(session: Session, world: World, tell: Tell): Settings | Promise<Settings> {
  const none = (error: unknown) => {
    tell(error);
    return { ...builtIn, faulty: true };
  };
  try {
    const settings = configured(session, world);
    return settings instanceof Promise ? settings.catch(none) : settings;
  } catch (error) {
    return none(error);
  }
}

function linkedOr(session: Session, world: World, tell: Tell): Pick<Grounds, "session" | "login"> {
  try {
    const login = loginOf(world);
    return { session: withProfile(session, login, world), login: loginFile(login, world) };
  } catch (error) {
    tell(error);
    return { session, login: null };
  }
}

/** Whether a command of the person's own is to be given the document. */
function asks(settings: Settings): boolean {
  const { enabled, run } = settingsOf(settings, "command") as { enabled: boolean; run?: string };
  return enabled && Boolean(run);
}

function screenOf({ look }: Settings, readings: readonly Reading[], world: World): LastScreen {
  const terminal = terminalOf(world.env);
  let { columns } = terminal;
  let told: Pick<LastScreen, "source" | "until"> = { source: null, until: null };
  for (const reading of readings) {
    if (reading.module.moduleId !== "tmux") continue;
    columns ??= (reading.data as TmuxPane | null)?.width ?? null;
    told = { source: "tmux", until: untilOf(reading, world) };
  }
  return {
    ...told,
    columns: usableColumns(columns, look.padding),
    rows: terminal.rows,
    depth: look.colorEnabled ? terminal.depth : 0,
    links: look.links === "auto" ? terminal.links : look.links === "always",
  };
}
