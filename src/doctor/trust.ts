import { record } from "../lib/fields.ts";
import { parentOf } from "../lib/paths.ts";
import { readOrNull } from "../lib/read.ts";
import { accountFile } from "../sources/login.ts";
import { type Check, type CheckContext, ok, problem, warning } from "./check.ts";

const HINT = "Start `claude` here and confirm that you trust the folder.";

/**
 * Whether Claude Code trusts the current folder, or one above it: it runs no status line in others. Of `.claude.json`
 * only this key is read.
 */
export function checkTrust({ world }: CheckContext): Check[] {
  const path = accountFile(world);
  const folder = world.cwd();
  const known = projectsIn(path);
  if (known === null)
    return [warning("trust", `${path} cannot be read: it is unknown whether ${folder} is trusted`, HINT)];
  let refused = false;
  for (let each: string | null = folder; each !== null; each = parentOf(each)) {
    const accepted = record(known[each]).hasTrustDialogAccepted;
    if (accepted === true) return [ok("trust", `${each} is trusted`)];
    refused ||= each === folder && accepted === false;
  }
  if (refused)
    return [problem("trust", `${folder} is not trusted: Claude Code runs no status line in it`, HINT)];
  return [warning("trust", `${folder} is not known to Claude Code yet`, HINT)];
}

/** What is known of folders, by path; null when the file is none that can be read. */
function projectsIn(path: string) {
  try {
    return record(record(JSON.parse(readOrNull(path) ?? "null")).projects);
  } catch {
    return null;
  }
}
