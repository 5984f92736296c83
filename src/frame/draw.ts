import { NEVER, type SavedFrame, type Validity, writeFrame } from "../cache/saved-frame.ts";
import { settingsId } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import { truncate } from "../lib/text.ts";
import type { Screen } from "../look/screen.ts";
import { pathsBelow } from "../paths.ts";
import { compose, drawnOf } from "../render/compose.ts";
import type { World } from "../world.ts";
import { type Base, baseOf, type Report } from "./base.ts";
import { type FramePart, partOf, reusedParts } from "./parts.ts";
import { collect, type Reading } from "./readings.ts";
import { recorded } from "./recorder.ts";
import { screenOf } from "./screen.ts";
import { markStart, startIfMarked } from "./start-refresher.ts";
import { frameValidUntil, type Input, type Reuse } from "./validity.ts";

/** Prints a frame; only the first one of a run is printed. */
export type Print = (text: string) => Promise<void>;

const NOTHING_KNOWN = "statusline: no data in the input";

/**
 * Makes a new frame from Claude Code's document and prints it, saves it, and has fetched what is due.
 * @returns what went wrong on the way, for the log: the frame is made from what there is
 * @param saved the session's last frame, if there is one
 * @param reuse what of it may be used again
 * @throws SyntaxError when the input is not JSON
 */
export async function draw(
  input: Input,
  saved: SavedFrame | null,
  reuse: Reuse | null,
  outside: World,
  print: Print,
): Promise<string[]> {
  const problems: string[] = [];
  const report = (error: unknown) => {
    problems.push(messageOf(error));
    return null;
  };
  let isStored = await hasStore(input, saved, outside);
  const recorder = recorded(isStored ? outside : withoutStore(outside), reuse?.stamps ?? []);
  const base = await baseOf(input, saved, reuse, recorder, report);
  const { settings, session, reused } = base;
  const { parts, modules } = await reusedParts(settings, session, reused);
  const readings = collect(modules, settings, session, recorder);
  for (const reading of readings)
    parts.push(partOf(reading, session, recorder.world, () => isStored, report));
  const screen = reused?.screen ?? screenOf(settings, readings, outside.env);
  let mark: string | null = null;
  if (isStored && isDue(readings)) {
    // Where nothing can be written, what would be fetched never comes.
    const unusable = () => {
      isStored = false;
      return null;
    };
    mark = await markStart(outside).catch(unusable);
  }
  try {
    const text =
      compose(parts, settings.look, screen, settings.faulty, !isStored) ||
      truncate(NOTHING_KNOWN, screen.columns);
    await print(text);
    if (isStored) await save(text, input, base, parts, screen, outside).catch(report);
  } finally {
    // Also where the row could not be made: what is wrong with a value may be right in the next.
    if (mark !== null) start(mark, input, outside, report);
  }
  if (!isStored) return problems;
  for (const { module, error } of readings) if (error !== null) report(`${module.moduleId}: ${error}`);
  return problems;
}

function isDue(readings: readonly Reading[]): boolean {
  for (const { due } of readings) if (due) return true;
  return false;
}

function start(mark: string, { flags }: Input, world: World, report: Report): void {
  try {
    startIfMarked(mark, flags, world);
  } catch (error) {
    report(error);
  }
}

/** Saves a frame for the session's next run, each part with all its forms: that run may have less room. */
async function save(
  text: string,
  input: Input,
  { session, settings, stamps }: Base,
  parts: readonly FramePart[],
  screen: Screen & Validity,
  world: World,
): Promise<void> {
  const { look, renderer } = settings;
  const at = world.now();
  let durations = false;
  let staleAt = NEVER;
  const saved = [];
  for (const part of parts) {
    const { moduleId, uses, freshness, stamps: files, validUntil } = part;
    for (const field of uses) if (field === "durations") durations = true;
    // What is marked already is marked in the text.
    if (freshness !== "stale" && part.staleAt < staleAt) staleAt = part.staleAt;
    const drawn = drawnOf(part, Number.POSITIVE_INFINITY, look, screen.links);
    saved.push({ moduleId, uses, freshness, stamps: files, validUntil, staleAt: part.staleAt, drawn });
  }
  const frame = {
    ...{ text, at, staleAt, environment: input.environment, document: input.hash(durations), durations },
    ...{ session, settings: settingsId(settings), base: stamps, screen, parts: saved },
    validUntil: frameValidUntil(parts, screen, at, renderer),
  };
  await writeFrame(frame, world);
}

/**
 * Whether what is stored may be used: the folder is this user's alone. A frame that was made in the same environment proves
 * it: only this user knows that environment, so only this user can have written it.
 */
async function hasStore(input: Input, saved: SavedFrame | null, world: World): Promise<boolean> {
  if (!world.hasHome) return false;
  return saved?.environment === input.environment || world.isPrivate(world.paths.root);
}

/** A world in which nothing is stored. */
function withoutStore(world: World): World {
  return { ...world, paths: pathsBelow("/dev/null") };
}
