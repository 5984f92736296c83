import { keep, obstacleTo, unkeep } from "../cli/keep.ts";
import { print, printStyled } from "../cli/print.ts";
import { eachOf, needTerminal, optionsIn, placesOf, type SetupOptions } from "../cli/setup-options.ts";
import { usageOf } from "../cli/usage.ts";
import { ask } from "../lib/ask.ts";
import { printable } from "../lib/text.ts";
import { UserError } from "../lib/user-error.ts";
import type { Wanted } from "../settings/entry.ts";
import { readSettings } from "../settings/file.ts";
import { type Kept, readFormers, remember } from "../settings/former.ts";
import type { SettingsPlace } from "../settings/places.ts";
import { planSetup, type Setup } from "../settings/plan.ts";
import { thisProgram } from "../settings/program.ts";
import { shownPlan } from "../settings/show.ts";
import { carryOut, isUnchanged, locked } from "../settings/write.ts";
import { findCcusage } from "../sources/ccusage.ts";
import type { World } from "../world.ts";

const FLAGS = ["yes", "dry-run", "replace", "keep", "project", "all-accounts", "refresh"];
const WITHOUT_CCUSAGE =
  "ccusage is not on PATH; `npm install -g ccusage` adds the cost of today, of the 5-hour block and of the week\n";
/** How often a change is planned again if others write the file at the same time. */
const ATTEMPTS = 10;

/**
 * `statusline setup`: adds this program to Claude Code's settings. The former value is stored.
 * @throws UserError for wrong usage, without a terminal, and when a file cannot be used: it is left as it is
 */
export async function setup(world: World, args: readonly string[]): Promise<void> {
  const options = optionsIn(args, FLAGS, usageOf("setup"));
  needTerminal("setup", options, world);
  const wanted = { program: thisProgram(world), refresh: options.refresh };
  await eachOf(placesOf(options, world), (place) => setUp(place, { options, wanted, world }));
}

interface Context {
  readonly options: SetupOptions;
  readonly wanted: Wanted;
  readonly world: World;
}

async function setUp(place: SettingsPlace, context: Context): Promise<void> {
  const { options, wanted, world } = context;
  let agreed = "";
  let choice: Choice = options.flags.has("keep") ? "keep" : "replace";
  for (let n = 0; n < ATTEMPTS; n++) {
    const plan = planSetup(readSettings(place), readFormers(place.paths)[place.name] ?? null, wanted);
    const shown = told(plan, place);
    if (shown !== agreed) {
      await printStyled(world, shown);
      choice = await chosen(plan, context);
      if (choice === "stop") return;
      agreed = shown;
    }
    const outcome = await written(plan, choice, place, world);
    if (outcome === null) continue;
    const lacks = outcome !== "" && (await findCcusage(world).catch(() => null)) === null;
    return print(world, outcome + (lacks ? WITHOUT_CCUSAGE : ""));
  }
  throw new UserError(1, `${place.path} keeps changing while it is being written`, "Try it again.");
}

/** What is to be done, for the person. */
function told(plan: Setup, { name }: SettingsPlace): string {
  const { file, was, will, again } = plan;
  if (again && was === will) return `${printable(file.path)}: statusline is set up there already\n`;
  const notes = [
    ["there is another status line; `statusline uninstall` will restore it", !again && was !== null],
    ["everyone who works on this project shares the file, and may not have this path", name === file.path],
    ["disableAllHooks is set there: Claude Code shows no status line", isSwitchedOff(file.text)],
  ] as const;
  return shownPlan(plan) + notes.map(([note, holds]) => (holds ? `${note}\n` : "")).join("");
}

type Choice = "replace" | "keep" | "stop";

/** What the person wants done. @throws UserError when what they want cannot be done */
async function chosen(plan: Setup, { options: { flags }, wanted, world }: Context): Promise<Choice> {
  const { again, other, was, will } = plan;
  const obstacle = await obstacleTo(other, wanted.program, world);
  if (flags.has("keep") && obstacle !== null) throw obstacle;
  if (flags.has("dry-run")) return "stop";
  const named: Choice | null = flags.has("keep") ? "keep" : flags.has("replace") ? "replace" : null;
  if (flags.has("yes") || (again && was === will)) return named ?? "replace";
  const choice =
    named !== null || again || was === null ? confirmed(named ?? "replace") : choiceOf(obstacle === null);
  if (choice === "stop") await print(world, "nothing was changed\n");
  return choice;
}

function confirmed(choice: Choice): Choice {
  return ask("Write this? [y/N]").startsWith("y") ? choice : "stop";
}

/** The three ways with another program's status line. */
function choiceOf(canKeep: boolean): Choice {
  const keeping = canKeep ? ", (k)eep its first line as a part of this one" : "";
  const answer = ask(`(r)eplace it${keeping}, or (s)top? [r${canKeep ? "/k" : ""}/S]`);
  if (answer.startsWith("k") && canKeep) return "keep";
  return answer.startsWith("r") ? "replace" : "stop";
}

/** @returns what was done, for the person; null when the file has changed meanwhile and all is to be done again */
async function written(
  plan: Setup,
  choice: Choice,
  place: SettingsPlace,
  world: World,
): Promise<string | null> {
  const { file, other } = plan;
  return locked(place.paths, async () => {
    if (!isUnchanged(file)) return null;
    const kept = choice === "keep" && other !== null ? keep(other, world) : null;
    let done: string | null = null;
    try {
      done = settingsWritten(plan, kept, place);
    } finally {
      if (done === null && kept !== null) await unkeep(kept, world);
    }
    const isNew = kept !== null && kept.before !== kept.after;
    const said = isNew
      ? `its first line is now a part of the row: modules.command.run in ${kept.path}\n`
      : "";
    return done === null ? null : said + done;
  });
}

/** @returns what was done, for the person; null when the file has changed meanwhile */
function settingsWritten(plan: Setup, kept: Kept | null, place: SettingsPlace): string | null {
  const former = plan.former && { ...plan.former, kept: firstOf(plan.former.kept, kept) };
  if (plan.again && plan.after === plan.file.text) {
    if (former !== null && former.kept !== plan.former?.kept) remember(place.name, former, place.paths);
    return "";
  }
  const copy = carryOut({ ...plan, former }, place, Date.now());
  if (copy === false) return null;
  return `${copy === null ? "" : `the file as it was: ${copy}\n`}done; Claude Code shows it within seconds\n`;
}

/** Of two changes of the same file what was there before both; of one that changed nothing, nothing. */
function firstOf(earlier: Kept | null, kept: Kept | null): Kept | null {
  if (kept === null || kept.before === kept.after) return earlier;
  return earlier?.after === kept.before ? { ...kept, before: earlier.before } : kept;
}

function isSwitchedOff(text: string): boolean {
  return text.trim() !== "" && (JSON.parse(text) as { disableAllHooks?: unknown }).disableAllHooks === true;
}
