import { folderFault } from "./lib/private-folder.ts";
import { UserError } from "./lib/user-error.ts";
import type { World } from "./world.ts";

/**
 * Why nothing can be kept in `session-health/`: where it would be is not known, or the folder is not this user's alone.
 * @returns null where it can be used
 * @throws system errors
 */
export function storageFault({ hasHome, configDir, paths }: World): string | null {
  if (hasHome) return folderFault(paths.root);
  return configDir.startsWith("/")
    ? "HOME is not set, and neither is CLAUDE_CONFIG_DIR"
    : `${JSON.stringify(configDir)} is not an absolute path, and could be another folder in each project`;
}

/** Refuses to read or write what others may have put there. @throws UserError; system errors */
export function requireStorage(world: World): void {
  const fault = storageFault(world);
  if (fault !== null)
    throw new UserError(
      1,
      fault,
      world.hasHome
        ? `Change its owner and mode (chmod go-w), or set CLAUDE_CONFIG_DIR to a folder of your own.`
        : "Set HOME or CLAUDE_CONFIG_DIR to an absolute path.",
    );
}
