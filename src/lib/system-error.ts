import { TEMP_NAME } from "./atomic.ts";
import { UserError } from "./user-error.ts";

const CHOOSE = "Give this user the right to it, or name another folder with CLAUDE_CONFIG_DIR.";

/** What is wrong, and what to do about it. */
const MEANINGS: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: ["permission denied", CHOOSE],
  EPERM: ["not permitted", CHOOSE],
  EROFS: ["the file system is read-only", "Name a folder that can be written with CLAUDE_CONFIG_DIR."],
  EISDIR: ["a folder is where a file should be", "Move it away."],
  ENOTDIR: ["a file is where a folder should be", "Move it away."],
  EEXIST: ["a file is where a folder should be", "Move it away."],
  ENOENT: ["a folder on the way to it is missing and cannot be made", "Make it."],
  ELOOP: ["links lead round in a circle", "Remove one of them."],
  ENXIO: ["a pipe or device is where a file should be", "Move it away."],
  ENOSPC: ["no space is left on the disk", "Free some."],
  EDQUOT: ["your share of the disk is used up", "Free some."],
};

/** A system error about a file as one that the user can fix; anything else as it is. */
export function asUserError(error: unknown): unknown {
  const { code = "", path, dest, syscall } = Object(error) as NodeJS.ErrnoException & { dest?: string };
  if (error instanceof UserError || syscall === undefined || path === undefined) return error;
  const [wrong, hint] = MEANINGS[code] ?? [`${code} on ${syscall}`, ""];
  // The names of temporary files, and of what is in them, mean nothing to a person.
  const place = (dest ?? path).replace(/(\.tmp)\/[^/]*$/, "$1").replace(TEMP_NAME, "");
  return new UserError(1, `${place}: ${wrong}`, hint);
}
