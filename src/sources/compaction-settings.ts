import { type Fields, record } from "../lib/fields.ts";
import type { World } from "../world.ts";
import { type CompactionSettings, LEAST_WINDOW } from "./compaction.ts";
import { accountFile } from "./login.ts";
import { managedFiles, managedFolder } from "./managed-settings.ts";
import { isSameModel } from "./model-name.ts";

/** More than any settings file has. */
const MAX_BYTES = 4_000_000;

/** The settings files that a person edits, in the order in which Claude Code applies them. */
function settingsPaths(projectDir: string | null, { configDir }: World): string[] {
  const user = `${configDir}/settings.json`;
  if (projectDir === null) return [user];
  const folder = `${projectDir}/.claude`;
  const local = `${folder}/settings.local.json`;
  return folder === configDir ? [user, local] : [user, `${folder}/settings.json`, local];
}

/**
 * What Claude Code's settings say about compaction for a model. As read in client 2.1.332: the last file that sets a
 * value wins; within one file `modelSettings.<model>.autoCompactWindow` goes before `autoCompactWindow`. `.claude.json`
 * holds what former versions set, and windows that the server sends. What cannot be read sets nothing.
 * @param managed the folder of the organisation's settings
 */
export function compactionSettings(
  model: string | null,
  projectDir: string | null,
  world: World,
  managed = managedFolder(),
): CompactionSettings {
  const paths = [...settingsPaths(projectDir, world), ...managedFiles(world.configDir, managed)];
  const files = paths.map((path) => fieldsIn(path, world)).reverse();
  const state = fieldsIn(accountFile(world), world);
  const enabled = [...files, state].map(({ autoCompactEnabled }) => autoCompactEnabled);
  const windows = files.map((file) => windowIn(file, model));
  const window = windows.find((each) => each !== null) ?? null;
  return {
    enabled: enabled.find((each) => typeof each === "boolean") ?? true,
    window: typeof window === "number" ? window : servedWindow(state, model),
  };
}

function fieldsIn(path: string, world: World): Fields {
  try {
    if (!world.isFile(path) || world.size(path) > MAX_BYTES) return {};
    const text = world.readText(path, MAX_BYTES) ?? "{}";
    return record(JSON.parse(text.replace(/^\ufeff/, "")));
  } catch {
    return {}; // Claude Code cannot use it either.
  }
}

/** A window in one file; `auto` is the model's own, whatever files before it set. */
function windowIn(file: Fields, model: string | null): number | "auto" | null {
  for (const [name, settings] of Object.entries(record(file.modelSettings))) {
    if (model === null || !isSameModel(name, model)) continue;
    const own = record(settings).autoCompactWindow;
    if (own === "auto") return "auto";
    const window = windowOf(own);
    if (window !== null) return window;
  }
  return windowOf(file.autoCompactWindow);
}

/** What the server sends for a model: a number, or one by surface (`cli`) with a default. */
function servedWindow({ autoCompactWindowsCache }: Fields, model: string | null): number | null {
  for (const [name, served] of Object.entries(record(autoCompactWindowsCache))) {
    if (model === null || !isSameModel(name, model)) continue;
    const { surfaces, default: byDefault } = record(served);
    return windowOf(served) ?? windowOf(record(record(surfaces).cli).default) ?? windowOf(byDefault);
  }
  return null;
}

function windowOf(value: unknown): number | null {
  return Number.isInteger(value) && (value as number) >= LEAST_WINDOW ? (value as number) : null;
}
