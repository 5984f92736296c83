import { lstatSync, readFileSync } from "node:fs";
import { writeAtomic } from "../../lib/atomic.ts";
import { ifThere, pathsIn, removeIfThere } from "../../lib/if-there.ts";
import type { World } from "../../world.ts";

const ENDING = ".envelope";
const MOST_FILES = 50;
const MOST_BYTES = 256 * 1024;
/** Milliseconds after which a report is not worth sending. */
const LASTS = 7 * 86_400_000;

/** A report on disk, as it is sent. */
export interface Waiting {
  readonly path: string;
  readonly bytes: number;
  /** When it was written, epoch ms. */
  readonly at: number;
}

/** The reports that wait to be sent, the oldest first. @throws system errors */
export function waiting({ paths }: World): Waiting[] {
  return pathsIn(paths.reports, ENDING)
    .flatMap((path) => {
      const stats = lstatSync(path, { throwIfNoEntry: false });
      return stats?.isFile() ? [{ path, bytes: stats.size, at: stats.mtimeMs }] : [];
    })
    .sort((a, b) => a.at - b.at);
}

/** The text of a report; null when it is gone. @throws system errors */
export function contentOf({ path }: Waiting): string | null {
  return ifThere(() => readFileSync(path, "utf8"), null);
}

/** Stores a report until it is sent. @throws system errors */
export function store(envelope: string, { paths }: World): void {
  writeAtomic(`${paths.reports}/${crypto.randomUUID()}${ENDING}`, envelope);
}

/** Removes what is too old, then the oldest of what is too much. @throws system errors */
export function dropSurplus(world: World): void {
  let [files, bytes] = [0, 0];
  for (const each of waiting(world).reverse()) {
    files++;
    bytes += each.bytes;
    const isOld = Date.now() - each.at > LASTS;
    if (isOld || files > MOST_FILES || bytes > MOST_BYTES) removeIfThere(each.path);
  }
}
