import type { LastPart } from "../cache/saved-frame.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import type { Form, StatusModule } from "../module.ts";
import { list, load, type ModuleId } from "../modules/list.ts";
import type { Part } from "../render/compose.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { collect, type Reading } from "./readings.ts";
import type { Kept } from "./reuse.ts";

/** What a frame is composed of. */
export interface Parts {
  readonly parts: readonly KnownPart[];
  /** Of the modules whose part is new. */
  readonly readings: readonly Reading[];
  /** Whether `compose` has asked for a form of a kept part that was never drawn. */
  lacks(): boolean;
}

export type KnownPart = Part & Pick<LastPart, "uses" | "source" | "until">;

/**
 * The parts of all modules that have a place: those that are kept, and the others from new readings.
 * @param store where nothing can be stored, no part says that its value is on the way
 * @param tell takes what goes wrong when a value is written out
 */
export async function partsOf(
  settings: Settings,
  session: Session,
  kept: Kept | null,
  world: World,
  store: { readonly isUsable: boolean },
  tell: (error: unknown) => null,
): Promise<Parts> {
  const parts: KnownPart[] = [];
  const loading: Promise<StatusModule>[] = [];
  let lacks = false;
  const unknown = () => {
    lacks = true;
    return [];
  };
  for (const moduleId of wantedBy(settings, kept === null ? session : null)) {
    const part = kept?.part(moduleId) ?? null;
    if (part === null) loading.push(load(moduleId));
    else parts.push({ ...part, moduleId, drawn: part, forms: unknown });
  }
  const readings = collect(await Promise.all(loading), settings, session, world);
  for (const reading of readings) {
    const { moduleId, uses, cachedBy: source = moduleId } = reading.module;
    const until = untilOf(reading, world);
    parts.push({
      moduleId,
      uses,
      source,
      until,
      freshness: freshnessOf(reading),
      forms: () => formsOf(reading, session, world, store.isUsable, tell),
    });
  }
  return { parts, readings, lacks: () => lacks };
}

/** What is remembered of them. */
export function lastParts(parts: readonly KnownPart[]): Record<string, LastPart> {
  const last: Record<string, LastPart> = {};
  for (const { moduleId, freshness, uses, source, until, drawn } of parts)
    if (drawn !== undefined) last[moduleId] = { ...drawn, freshness, uses, source, until };
  return last;
}

/**
 * The modules that have a place, and tmux: it tells the width to clients that do not.
 * @param session null where the width is known
 */
function wantedBy(settings: Settings, session: Session | null): ModuleId[] {
  const placed: Record<string, true> = {};
  for (const line of settings.look.lines) for (const { moduleId } of line) placed[moduleId] = true;
  if (session?.tmux && settingsOf(settings, "tmux").enabled) placed.tmux = true;
  const wanted: ModuleId[] = [];
  for (const moduleId of list) if (placed[moduleId]) wanted.push(moduleId);
  return wanted;
}

/** When a reading is over; one that is to be fetched may change at once. */
export function untilOf({ due, until }: Reading, world: World): number | null {
  if (due) return world.now();
  return until === Infinity ? null : until;
}

function freshnessOf({ freshness }: Reading): Part["freshness"] {
  return freshness === "stale" || freshness === "expired" ? freshness : "current";
}

/** A value that cannot be written out costs its own part, never the row. */
function formsOf(
  reading: Reading,
  session: Session,
  world: World,
  isStored: boolean,
  tell: (error: unknown) => null,
): readonly Form[] {
  const { module, settings } = reading;
  try {
    const isPending = reading.freshness === "pending" && !isStored;
    const data = isPending ? module.read(session, world, null, settings) : reading.data;
    return data === null ? [] : module.format(data, settings);
  } catch (error) {
    tell(`${module.moduleId}: ${messageOf(error)}`);
    return [];
  }
}
