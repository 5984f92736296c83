import { editFile } from "../config/edit.ts";
import { type Configuration, loadConfiguration } from "../config/load.ts";
import { sourcesFor, userFile } from "../config/sources.ts";
import { writeAtomic } from "../lib/atomic.ts";
import { removeIfThere } from "../lib/if-there.ts";
import { linkTarget } from "../lib/links.ts";
import { readOrNull } from "../lib/read.ts";
import { printable } from "../lib/text.ts";
import { UserError } from "../lib/user-error.ts";
import { modules } from "../modules/all.ts";
import { overridesIn } from "../parse-session.ts";
import type { Kept } from "../settings/former.ts";
import { mentions, type Program } from "../settings/program.ts";
import type { World } from "../world.ts";

const RUN = "modules.command.run";
const ENABLED = "modules.command.enabled";
const REPLACE = "Use --replace instead.";

/**
 * Why a command cannot be kept as a module; null when it can.
 * @throws system errors
 */
export async function obstacleTo(
  run: string | null,
  program: Program,
  world: World,
): Promise<UserError | null> {
  if (run === null) return new UserError(1, "there is no command of another status line to keep", REPLACE);
  if (mentions(run, program))
    return new UserError(1, `it runs statusline itself: ${printable(run)}`, REPLACE);
  const used = (await configured(world)).effective.get(RUN)?.value;
  if (used === run || used === "" || used === undefined) return null;
  return new UserError(
    1,
    `${RUN} is in use: ${printable(String(used))}`,
    `Run \`statusline config unset ${RUN}\` first, or use --replace.`,
  );
}

/**
 * Makes a command the `command` module, in the person's own configuration.
 * @returns what was done, for `unkeep`
 * @throws UserError when that file cannot be edited: it is left as it is; system errors
 */
export function keep(run: string, world: World): Kept {
  const path = userFile(world);
  const before = readOrNull(path);
  editFile(path, [
    { path: RUN.split("."), value: run },
    { path: ENABLED.split("."), value: true },
  ]);
  return { path, run, before, after: readOrNull(path) ?? "" };
}

/**
 * Undoes that. A file that has been edited since only loses the module's command, if that is still the one.
 * @returns whether anything was written
 * @throws UserError when the file cannot be edited; system errors
 */
export async function unkeep({ path, run, before, after }: Kept, world: World): Promise<boolean> {
  const now = readOrNull(path);
  if (now === null || before === after) return false;
  if (now === after) {
    if (before === null) removeIfThere(path);
    else writeAtomic(linkTarget(path), before);
    return true;
  }
  const { effective } = await configured(world);
  const { value, origin } = effective.get(RUN) ?? {};
  if (value !== run || origin?.layer !== "user") return false;
  editFile(path, [
    { path: RUN.split("."), value: undefined },
    { path: ENABLED.split("."), value: undefined },
  ]);
  return true;
}

function configured(world: World): Promise<Configuration> {
  return loadConfiguration(modules, sourcesFor(null, world), overridesIn(world.env), world);
}
