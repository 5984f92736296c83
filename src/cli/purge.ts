import { rmSync, statSync } from "node:fs";
import { ask } from "../lib/ask.ts";
import { ifThere } from "../lib/if-there.ts";
import { parentOf } from "../lib/paths.ts";
import { UserError } from "../lib/user-error.ts";
import type { Paths } from "../paths.ts";
import { forgetAccounts } from "../state/account-index.ts";
import type { World } from "../world.ts";
import { print } from "./print.ts";

/**
 * Removes `session-health/` with all that is in it, after saying what that is. Configuration is not there, and stays.
 * @throws UserError when the person says no; system errors
 */
export async function purge({ root }: Paths, flags: ReadonlySet<string>, world: World): Promise<void> {
  const files = ifThere(() => [...new Bun.Glob("**").scanSync({ cwd: root, dot: true })], []);
  if (world.mtime(root) === null) return;
  const bytes = files.reduce((sum, file) => sum + sizeOf(`${root}/${file}`), 0);
  await print(
    world,
    `${root}: ${files.length} files, ${Math.ceil(bytes / 1024)} KB: accounts with their labels, sessions' records, cache, log\n`,
  );
  if (flags.has("dry-run")) return;
  if (!flags.has("yes") && !ask("Remove this folder? [y/N]").startsWith("y"))
    throw new UserError(1, `${root} was not removed`);
  // A refresher may still be at work in it.
  rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  await forgetAccounts(parentOf(root) ?? "/", world);
  await print(world, "removed\n");
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
