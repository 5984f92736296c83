import { createHash, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { FILE_MODE } from "../../lib/atomic.ts";
import { hasCode } from "../../lib/errors.ts";
import { readOrNull } from "../../lib/read.ts";
import type { World } from "../../world.ts";
import { recentFrames } from "../active-sessions.ts";

/**
 * A sign by which reports of one session can be told from others, and nothing else: a hash of the id of the session that has
 * rendered last, with a random salt that never leaves this machine. "none" where there is no session.
 * @throws UserError, system errors
 */
export function sessionHash(world: World): string {
  const [last] = recentFrames(world).sort((a, b) => b.mtime - a.mtime);
  if (last === undefined) return "none";
  const id = last.path.slice(last.path.lastIndexOf("/") + 1, -".json".length);
  return createHash("sha256")
    .update(`${saltOf(world)}${id}`)
    .digest("hex")
    .slice(0, 16);
}

/** Made once. */
function saltOf({ paths }: World): string {
  const path = `${paths.reports}/salt`;
  try {
    writeFileSync(path, randomBytes(32).toString("hex"), { mode: FILE_MODE, flag: "wx" });
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
  return readOrNull(path) ?? "";
}
