import { TEMP_NAME } from "./atomic.ts";
import { UserError } from "./user-error.ts";

const CHOOSE = "Give this user the right to it, or name another folder with CLAUDE_CONFIG_DIR.";

/** What is wrong, and what to do about it. */
const MEANINGS: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: ["permission denied", CHOOSE],
  EPERM: ["not permitted", CHOOSE],
  EROFS: ["the file system is read-only", "Name a folder that can be written with CLAUDE_CONFIG_DIR."],
  EISDIR: ["a folder stands where a file belongs", "Move it away."],
  ENOTDIR: ["a file stands where a folder belongs", "Move it away."],
  EEXIST: ["a file stands where a folder belongs", "Move it away."],
  ENOENT: ["a folder on the way to it is missing and cannot be made", "Make it."],
  ELOOP: ["links lead round in a circle", "Remove one of them."],
  ENXIO: ["a pipe or device stands where a file belongs", "Move it away."],
  ENOSPC: ["no space is left on the disk", "Free some."],
  EDQUOT: ["your share of the disk is used up", "Free some."],
};

/** A system error about a file as one that is the user's to mend; anything else as it is. */
export function asUserError(error: unknown): unknown {
  const { code = "", path, dest, syscall } = Object(error) as NodeJS.ErrnoException & { dest?: string };
  if (error instanceof UserError || syscall === undefined || path === undefined) return error;
  const [wrong, hint] = MEANINGS[code] ?? [`${code} on ${syscall}`, ""];
  // Nobody knows the names of temporary files, or of what lies in them.
  const place = (dest ?? path).replace(/(\.tmp)\/[^/]*$/, "$1").replace(TEMP_NAME, "");
  return new UserError(1, `${place}: ${wrong}`, hint);
}
