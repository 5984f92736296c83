import { appendFileSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { FILE_MODE, makeFolder } from "../lib/atomic.ts";
import { fileStats } from "../lib/read.ts";
import type { World } from "../world.ts";

/** All of the archive together; the oldest months go first. */
const MAX_BYTES = 5 * 1024 * 1024;

/**
 * Adds texts of sessions to this month's archive, `sessions-YYYY-MM.yaml.gz`: gzip members one after another are
 * one gzip file (RFC 1952, 2.2), so `zcat` reads it whole.
 * @throws system errors
 */
export function archive(texts: readonly string[], world: World): void {
  if (texts.length === 0) return;
  const folder = world.paths.archive;
  makeFolder(folder);
  const month = new Date(world.now()).toISOString().slice(0, 7);
  const current = `${folder}/sessions-${month}.yaml.gz`;
  fileStats(current);
  appendFileSync(current, Bun.gzipSync(texts.join("")), { mode: FILE_MODE });
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml.gz"))
    .sort();
  let total = files.reduce((sum, name) => sum + statSync(`${folder}/${name}`).size, 0);
  for (const name of files.slice(0, -1)) {
    if (total <= MAX_BYTES) return;
    total -= statSync(`${folder}/${name}`).size;
    unlinkSync(`${folder}/${name}`);
  }
}
