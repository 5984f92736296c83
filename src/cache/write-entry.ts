import { writeAtomic } from "../lib/atomic.ts";
import type { World } from "../world.ts";
import type { Entry } from "./entry.ts";
import { entryPath, entryText, readEntry } from "./store.ts";

/**
 * Stores a value that the refresher has worked out itself, as an entry like those that modules fetch. Writes
 * nothing when it is there already.
 * @throws system errors
 */
export function note(moduleId: string, key: string, data: unknown, world: World): void {
  const before = readEntry(world, moduleId, key);
  if (before !== null && Bun.deepEquals(before.data, data)) return;
  const now = world.now();
  const entry: Entry = {
    moduleId,
    sessionId: null,
    key,
    data,
    fetchedAt: now,
    validUntil: now,
    fetchCount: (before?.fetchCount ?? 0) + 1,
    lastAccessedAt: now,
    failure: null,
    warnings: [],
  };
  writeAtomic(entryPath(world, moduleId, key), entryText(entry), now);
}
