import { accessSync, constants, existsSync, statSync } from "node:fs";
import { messageOf, UserError } from "../lib/errors.ts";
import { pathsIn } from "../lib/if-there.ts";
import { parentOf } from "../lib/paths.ts";
import { fileStats } from "../lib/read.ts";
import { asUserError } from "../lib/system-error.ts";
import type { World } from "../world.ts";

/** What in `session-health/` has another kind than it should, or cannot be read or written; with what to do. */
export function fileProblems({ paths }: World): string[] {
  const { root, cache, frames, locks, archive } = paths;
  const outer = problem(root, folder);
  if (outer.length > 0 || !existsSync(root)) return outer;
  const folders = [cache, frames, locks, archive];
  const unusable = folders.flatMap((path) => problem(path, folder));
  const usable = [root, ...folders].filter((path) => problem(path, folder).length === 0);
  const ours = /\.(json|yaml|log|log\.1|gz|start)$/;
  const files = usable.flatMap((path) => pathsIn(path, "")).filter((path) => ours.test(path));
  return [...unusable, ...files.flatMap((path) => problem(path, file))];
}

function problem(path: string, check: (path: string) => void): string[] {
  try {
    check(path);
    return [];
  } catch (error) {
    const told = asUserError(error);
    return [`${messageOf(told)}. ${told instanceof UserError ? told.hint : ""}`.trimEnd()];
  }
}

/** A folder that can be written, or can be made. @throws UserError, system errors */
function folder(path: string): void {
  let nearest = path;
  while (!existsSync(nearest)) nearest = parentOf(nearest) ?? "/";
  if (!statSync(nearest).isDirectory())
    throw new UserError(1, `${nearest}: a file stands where a folder belongs`, "Move it away.");
  accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** A file that can be read. @throws UserError, system errors */
function file(path: string): void {
  if (fileStats(path) !== null) accessSync(path, constants.R_OK);
}
