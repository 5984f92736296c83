import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { FILE_MODE, FOLDER_MODE } from "../lib/atomic.ts";
import { messageOf } from "../lib/errors.ts";
import { pathsIn } from "../lib/if-there.ts";
import { parentOf } from "../lib/paths.ts";
import { fileStats } from "../lib/read.ts";
import { asUserError } from "../lib/system-error.ts";
import { UserError } from "../lib/user-error.ts";
import { storageFault } from "../storage.ts";
import { type Check, type CheckContext, ok, problem, warning } from "./check.ts";

const STORAGE_HINT =
  "Make it yours alone (chown, chmod go-w), or set CLAUDE_CONFIG_DIR to a folder of your own.";

/** Bytes: with less room files are soon cut short. */
const LITTLE = 50 * 1024 * 1024;

/** Whether all in `session-health/` is of its kind, can be read and written, by this user only, and has room. */
export function checkFiles({ world }: CheckContext): Check[] {
  const { root, cache, frames, locks, archive, reports } = world.paths;
  const fault = storageFault(world);
  if (fault !== null) return [problem("files", `${fault}: nothing is stored there`, STORAGE_HINT)];
  const outer = wrong(root, folder);
  if (outer.length > 0) return outer;
  const room = checkRoom(root);
  if (!existsSync(root)) return [ok("files", `${root} will be created with the first session`), room];
  const folders = [cache, frames, locks, archive, reports];
  const unusable = folders.flatMap((path) => wrong(path, folder));
  const usable = [root, ...folders].filter((path) => existsSync(path) && wrong(path, folder).length === 0);
  const ours = /\.(json|yaml|log|log\.1|gz|start|envelope)$/;
  const files = usable.flatMap((path) => pathsIn(path, "")).filter((path) => ours.test(path));
  const faults = [...unusable, ...files.flatMap((path) => wrong(path, file))];
  const open = openToOthers(usable, files);
  const fine = faults.length + open.length === 0 ? [ok("files", `${root} is writable, by you only`)] : [];
  return [...fine, ...faults, ...open, room];
}

function wrong(path: string, check: (path: string) => void): Check[] {
  try {
    check(path);
    return [];
  } catch (error) {
    const told = asUserError(error);
    return [problem("files", messageOf(told), told instanceof UserError ? told.hint : "")];
  }
}

/** A folder that can be written, or can be made. @throws UserError, system errors */
function folder(path: string): void {
  const nearest = nearestThere(path);
  if (!statSync(nearest).isDirectory())
    throw new UserError(1, `${nearest}: a file is where a folder should be`, "Move it away.");
  accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
}

function nearestThere(path: string): string {
  let nearest = path;
  while (!existsSync(nearest)) nearest = parentOf(nearest) ?? "/";
  return nearest;
}

/** A file that can be read. @throws UserError, system errors */
function file(path: string): void {
  if (fileStats(path) !== null) accessSync(path, constants.R_OK);
}

/** Rights that others than the user have; Windows has no such bits. */
function openToOthers(folders: readonly string[], files: readonly string[]): Check[] {
  if (process.platform === "win32") return [];
  const isOpen = (path: string, mode: number) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats !== undefined && (stats.mode & 0o777 & ~mode) !== 0;
  };
  const open = [
    ...folders.filter((path) => isOpen(path, FOLDER_MODE)),
    ...files.filter((path) => isOpen(path, FOLDER_MODE & FILE_MODE)),
  ];
  const [first] = open;
  if (first === undefined) return [];
  const more = open.length > 1 ? ` and ${open.length - 1} more` : "";
  return [warning("files", `other users can read ${first}${more}`, `chmod -R go-rwx ${folders[0]}`)];
}

function checkRoom(root: string): Check {
  const disk = nearestThere(root);
  const { bavail, bsize, files, ffree } = statfsSync(disk);
  const free = bavail * bsize;
  const text = `${Math.floor(free / 1024 / 1024)} MB free on the disk of ${root}`;
  if (free === 0) return problem("disk", text, "Free some space: nothing can be stored.");
  if (files > 0 && ffree === 0)
    return problem("disk", `no inodes left on the disk of ${root}`, "Remove some files there.");
  return free < LITTLE ? warning("disk", text, "Free some space.") : ok("disk", text);
}
