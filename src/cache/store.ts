import { sealed, unsealed } from "../lib/sealed.ts";
import { shapesText } from "../modules/shapes.ts" with { type: "macro" };
import { entryName, sourceOf } from "../paths.ts";
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
 * The entry at `path`, whatever it belongs to; null when there is none, and when the file is damaged or was written for
 * another schema.
 * @throws system errors other than ENOENT
 */
export function readEntryAt(world: World, path: string): Entry | null {
  const text = world.readReplaced(path, MAX_ENTRY);
  const moduleId = sourceOf(world.paths, path);
  const entry = text === null || moduleId === null ? null : parseEntry(text, moduleId);
  if (entry === null) return null;
  // The file's time is the entry's time; where the two differ the value counts as the older.
  const fetchedAt = Math.min(entry.fetchedAt, world.mtime(path) ?? 0);
  return { ...entry, fetchedAt, validUntil: entry.validUntil - (entry.fetchedAt - fetchedAt) };
}

/** Bytes of an entry; a longer one is damaged. */
const MAX_ENTRY = 1024 * 1024;

/** Schemas of cached values, each as a number; what the refresher notes for itself has none. */
const SHAPES: Readonly<Record<string, number>> = JSON.parse(shapesText());

/** An entry as it is stored; one for another schema of its value is not read. */
export function entryText(entry: Entry): string {
  return sealed(entry, shapeOf(entry.moduleId));
}

function parseEntry(text: string, moduleId: string): Entry | null {
  return unsealed(text, shapeOf(moduleId)) as Entry | null;
}

function shapeOf(moduleId: string): bigint {
  return BigInt(SHAPES[moduleId] ?? 0);
}
