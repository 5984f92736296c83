import { appendFileSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { FILE_MODE, makeFolder } from "../lib/atomic.ts";
import { fileStats } from "../lib/read.ts";
import type { World } from "../world.ts";

/** All of the archive together; the oldest months go first. */
const MAX_BYTES = 5 * 1024 * 1024;

/** What is archived, each kind in files of its own. */
export type ArchiveKind = "sessions" | "accounts";

/**
 * Adds items of a YAML list to this month's archive, `sessions-YYYY-MM.yaml.gz` or `accounts-…`: gzip members one after
 * another are one gzip file (RFC 1952, 2.2), so `zcat` reads it whole.
 * @param texts block list items, comments within them included, however deep they were indented
 * @throws system errors
 */
export function archive(kind: ArchiveKind, texts: readonly string[], world: World): void {
  if (texts.length === 0) return;
  const folder = world.paths.archive;
  makeFolder(folder);
  const month = new Date(world.now()).toISOString().slice(0, 7);
  const current = `${folder}/${kind}-${month}.yaml.gz`;
  fileStats(current);
  appendFileSync(current, Bun.gzipSync(texts.map(indented).join("")), { mode: FILE_MODE });
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml.gz") && !name.endsWith(`-${month}.yaml.gz`))
    .sort((a, b) => (a.slice(-MONTH) < b.slice(-MONTH) ? -1 : 1));
  let total = readdirSync(folder).reduce((sum, name) => sum + statSync(`${folder}/${name}`).size, 0);
  for (const name of files) {
    if (total <= MAX_BYTES) return;
    total -= statSync(`${folder}/${name}`).size;
    unlinkSync(`${folder}/${name}`);
  }
}

const MONTH = "YYYY-MM.yaml.gz".length;

/** An item as deep as all others in the archive, so that they are one list. */
function indented(text: string): string {
  const depth = /^ */.exec(text)?.[0].length ?? 0;
  const lines = text.split("\n").map((line) => {
    const rest = line.slice(Math.min(depth, /^ */.exec(line)?.[0].length ?? 0));
    return rest === "" ? "" : `  ${rest}`;
  });
  return lines.join("\n");
}
