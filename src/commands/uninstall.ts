import { unkeep } from "../cli/keep.ts";
import { print, printStyled } from "../cli/print.ts";
import { purge } from "../cli/purge.ts";
import { eachOf, needTerminal, optionsIn, placesOf } from "../cli/setup-options.ts";
import { usageOf } from "../cli/usage.ts";
import { ask } from "../lib/ask.ts";
import { UserError } from "../lib/user-error.ts";
import { readSettings } from "../settings/file.ts";
import { type Former, readFormers, remember } from "../settings/former.ts";
import type { SettingsPlace } from "../settings/places.ts";
import { type Plan, planUninstall, type Refusal } from "../settings/plan.ts";
import { type Program, thisProgram } from "../settings/program.ts";
import { shownPlan } from "../settings/show.ts";
import { carryOut, isUnchanged, locked } from "../settings/write.ts";
import type { World } from "../world.ts";

const FLAGS = ["yes", "dry-run", "purge", "project", "all-accounts"];
const ATTEMPTS = 10;

interface Context {
  readonly flags: ReadonlySet<string>;
  readonly program: Program;
  readonly world: World;
}

/**
 * `statusline uninstall`: restores what was in Claude Code's settings before `setup`. Success, too, where this
 * program is not set up.
 * @throws UserError for wrong usage, when the person or the state of things says no, and when a file cannot be used
 */
export async function uninstall(world: World, args: readonly string[]): Promise<void> {
  const options = optionsIn(args, FLAGS, usageOf("uninstall"));
  needTerminal("uninstall", options, world);
  const context = { flags: options.flags, program: thisProgram(world), world };
  const places = placesOf(options, world);
  if (options.flags.has("purge") && options.flags.has("project"))
    throw new UserError(2, "--purge and --project exclude each other: a project has no folder of its own");
  await eachOf(places, async (place) => {
    await takeOut(place, context);
    if (options.flags.has("purge")) await purge(place.paths, options.flags, world);
  });
}

async function takeOut(place: SettingsPlace, { flags, program, world }: Context): Promise<void> {
  let agreed = "";
  for (let n = 0; n < ATTEMPTS; n++) {
    const known = readFormers(place.paths)[place.name] ?? null;
    const plan = planUninstall(readSettings(place), known, program);
    if (typeof plan === "string") return nothing(plan, { place, known, flags, world });
    const shown = shownPlan(plan);
    if (shown !== agreed) {
      await printStyled(world, shown);
      if (flags.has("dry-run")) return;
      if (!flags.has("yes") && !ask("Write this? [y/N]").startsWith("y"))
        throw new UserError(1, "nothing was changed");
      agreed = shown;
    }
    const outcome = await written(plan, { place, known, world });
    if (outcome !== null) return print(world, outcome);
  }
  throw new UserError(1, `${place.path} keeps changing while it is being written`, "Try it again.");
}

/** @returns what was done, for the person; null when the file has changed meanwhile and all is to be done again */
async function written(
  plan: Plan,
  { place, known, world }: { place: SettingsPlace; known: Former | null; world: World },
): Promise<string | null> {
  return locked(place.paths, async () => {
    if (!isUnchanged(plan.file)) return null;
    const copy = carryOut(plan, place, Date.now());
    if (copy === false) return null;
    const undone = known?.kept ? await unkeep(known.kept, world) : false;
    const own = undone ? `its module was removed from ${known?.kept?.path}\n` : "";
    return `${own}the file as it was: ${copy}\ndone\n`;
  });
}

/** There is nothing to restore. @throws UserError when that is an error */
async function nothing(
  why: Refusal,
  of: { place: SettingsPlace; known: Former | null; flags: ReadonlySet<string>; world: World },
): Promise<void> {
  const { place, known, flags, world } = of;
  if (why === "unclear")
    throw new UserError(
      1,
      `${place.path}: the status line there runs statusline in a custom way`,
      "Remove it there by hand; nothing was written.",
    );
  if (why === "another" && !flags.has("purge"))
    throw new UserError(
      1,
      `${place.path}: the status line there now belongs to another program, and stays`,
      "`statusline uninstall --purge` discards what was stored.",
    );
  await print(world, `${place.path}: statusline is not set up there\n`);
  if (known === null || flags.has("dry-run")) return;
  if (known.kept !== null) await unkeep(known.kept, world);
  remember(place.name, null, place.paths);
}
