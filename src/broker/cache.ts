import { min } from "../lib/number.ts";
import { entryName } from "../lib/paths.ts";
import type { World } from "../world.ts";
import type { Entry } from "./entry.ts";

/** Where the value of a module for `key` is cached. */
export function entryPath(world: World, moduleId: string, key: string): string {
  return `${world.paths.cache}/${entryName(moduleId, key)}.json`;
}

/**
 * Reads the entry of a module for `key`. Null when there is none, when the file is damaged, and when it holds
 * another key: a hash collision or a copied file is a miss, never a leak.
 * @throws system errors other than ENOENT
 */
export function readEntry(world: World, moduleId: string, key: string): Entry | null {
  const entry = readEntryAt(world, entryPath(world, moduleId, key));
  return entry?.moduleId === moduleId && entry.key === key ? entry : null;
}

/** A hash that is the same for equal values, whenever they were fetched; null where the last fetch has failed. */
export function valueHash({ moduleId, key, data, failure }: Entry): string | null {
  return failure === null ? Bun.hash(JSON.stringify([moduleId, key, data])).toString(36) : null;
}

/**
 * The entry at `path`, whatever it belongs to; null when there is none, and when the file is damaged.
 * @throws system errors other than ENOENT
 */
export function readEntryAt(world: World, path: string): Entry | null {
  const text = world.readReplaced(path);
  const entry = text === null ? null : parseEntry(text);
  if (entry === null) return null;
  // The file's time is the entry's time; where the two differ the value counts as the older.
  const fetchedAt = min(entry.fetchedAt, world.mtime(path) ?? 0);
  return { ...entry, fetchedAt, validUntil: entry.validUntil - (entry.fetchedAt - fetchedAt) };
}

function parseEntry(text: string): Entry | null {
  try {
    const entry = JSON.parse(text) as Partial<Entry> | null;
    const complete =
      typeof entry?.moduleId === "string" &&
      typeof entry.key === "string" &&
      typeof entry.fetchedAt === "number" &&
      typeof entry.validUntil === "number" &&
      entry.data !== undefined;
    return complete ? ({ failure: null, warnings: [], fetchCount: 0, ...entry } as Entry) : null;
  } catch {
    return null;
  }
}
