import { readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { hasCode } from "./errors.ts";

/** The path with all links followed; null where it leads to nothing that can be reached. */
export function realPathOrNull(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/**
 * Where a file is written to: all links are followed; one to a file that does not exist leads to the place where that
 * would be.
 * @throws system errors, ELOOP for links in a circle
 */
export function linkTarget(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
  try {
    return linkTarget(resolve(dirname(path), readlinkSync(path)));
  } catch (error) {
    if (!hasCode(error, "ENOENT", "EINVAL")) throw error;
    const folder = dirname(path);
    return folder === path ? path : join(linkTarget(folder), basename(path));
  }
}
