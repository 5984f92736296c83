import type { SavedPart, Validity } from "../cache/saved-frame.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import type { Form, StatusModule } from "../module.ts";
import { list, load, type ModuleId } from "../modules/registry.ts";
import type { Part } from "../render/compose.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import type { Reading } from "./readings.ts";
import type { Reusable } from "./reusable-parts.ts";

/** A module's part of a frame, with what it was made from. */
export interface FramePart extends Part, Validity, Pick<SavedPart, "uses" | "staleAt"> {}

/** The parts of a saved frame that are valid, and the modules whose part has to be made. */
export async function reusedParts(
  settings: Settings,
  session: Session,
  reused: Reusable | null,
): Promise<{ parts: FramePart[]; modules: readonly StatusModule[] }> {
  const parts: FramePart[] = [];
  const loading: Promise<StatusModule>[] = [];
  const forms = () => [];
  for (const moduleId of wantedBy(settings)) {
    const part = reused?.part(moduleId) ?? null;
    if (part === null) loading.push(load(moduleId));
    else parts.push({ ...part, moduleId, forms, drawn: { forms: part.drawn, isAll: true } });
  }
  // tmux says how wide the screen is where the client does not.
  const asksTmux = reused?.screen == null && session.tmux !== null && settingsOf(settings, "tmux").enabled;
  if (asksTmux && !wantedBy(settings).includes("tmux")) loading.push(load("tmux"));
  return { parts, modules: await Promise.all(loading) };
}

/** The modules that have a place. */
function wantedBy({ look }: Settings): ModuleId[] {
  const placed: Record<string, true> = {};
  for (const line of look.lines) for (const { moduleId } of line) placed[moduleId] = true;
  const wanted: ModuleId[] = [];
  for (const moduleId of list) if (placed[moduleId]) wanted.push(moduleId);
  return wanted;
}

/**
 * A part made from a reading.
 * @param isStored where nothing can be stored, no part says that its value is on the way
 * @param report takes what goes wrong when a value is written out: that costs its own part, never the row
 */
export function partOf(
  reading: Reading,
  session: Session,
  world: World,
  isStored: () => boolean,
  report: (error: unknown) => null,
): FramePart {
  const { module, settings, freshness, stamps, validUntil } = reading;
  const { moduleId, uses } = module;
  const forms = (): readonly Form[] => {
    try {
      const isPending = freshness === "pending" && !isStored();
      const data = isPending ? module.read(session, world, null, settings) : reading.data;
      return data === null ? [] : module.format(data, settings);
    } catch (error) {
      report(`${moduleId}: ${messageOf(error)}`);
      return [];
    }
  };
  const mark = freshness === "stale" || freshness === "expired" ? freshness : "current";
  const staleAt = world.now() - reading.ageMs + settings.stalenessThreshold;
  return { moduleId, uses, stamps, validUntil, staleAt, freshness: mark, forms };
}
