import { configurationHere } from "../cli/configuration.ts";
import { print } from "../cli/print.ts";
import { takesNone } from "../cli/usage.ts";
import { editFile } from "../config/edit.ts";
import type { Configuration } from "../config/load.ts";
import { problemText } from "../config/problem.ts";
import { resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import { userFile } from "../config/sources.ts";
import { type Chooser, type Ground, openPage, press, rowsOf, START } from "../configure/chooser.ts";
import { changesOf, flagsOf } from "../configure/draft.ts";
import { type FullScreen, openFullScreen } from "../configure/full-screen.ts";
import { drawPage } from "../configure/page.ts";
import { UserError } from "../lib/user-error.ts";
import { modules } from "../modules/index.ts";
import { previewFrame } from "../preview/frame.ts";
import { workingDay } from "../preview/sessions.ts";
import { terminalOf, usableColumns } from "../render/terminal.ts";
import type { World } from "../world.ts";
import { tellOverruled } from "./config.ts";

/**
 * `statusline configure`: choose layout, theme, icons, separators and modules with a live preview; what is chosen
 * goes into the user's file.
 * @throws UserError without a terminal, and when the file cannot be used
 */
export async function configure(world: World, args: readonly string[]): Promise<void> {
  takesNone(args, "configure");
  if (!world.stdinIsTerminal() || (await world.terminalColumns()) === null)
    throw new UserError(
      2,
      "statusline configure needs a terminal",
      "`statusline config set KEY VALUE` does without",
    );
  const configuration = await configurationHere(world);
  const broken = configuration.problems.find(({ origin, field }) => origin.layer === "user" && field === "");
  if (broken !== undefined)
    throw new UserError(1, problemText(broken), "mend it first; `statusline config edit`");
  const configured = resolve(configuration, modules).look.lines;
  const ground: Ground = { configuration, configured, modules };
  const screen = openFullScreen();
  const chooser = await choosing(screen, ground, world).finally(screen.close);
  await save(chooser, configuration, world);
}

/** @returns what was chosen, or null when the person left without saving */
async function choosing(screen: FullScreen, ground: Ground, world: World): Promise<Chooser | null> {
  let settings = resolve(ground.configuration, modules);
  let chooser = openPage(START, "layout", ground);
  for (;;) {
    const { columns, rows } = screen.size();
    const { page, selected } = chooser;
    const frame = frameOf(settings, columns, world);
    const view = { page, selected, rows: rowsOf(chooser, ground), frame, path: userFile(world) };
    screen.show(drawPage(view, columns, rows));
    const key = await screen.key();
    if (key === null) continue;
    if (key.name === "escape" || key.name === "q" || (key.ctrl && key.name === "c")) return null;
    if (key.name === "return" || key.name === "enter") return chooser;
    chooser = press(chooser, key, ground);
    settings = resolve(await configurationHere(world, flagsOf(chooser.draft)), modules);
  }
}

async function save(chooser: Chooser | null, configuration: Configuration, world: World): Promise<void> {
  const changes = chooser === null ? [] : changesOf(chooser.draft, configuration);
  if (changes.length === 0) return print(world, "nothing was changed\n");
  editFile(
    userFile(world),
    changes.map(({ key, value }) => ({ path: key.split("."), value })),
  );
  await print(world, `saved in ${userFile(world)}\n`);
  for (const { key } of changes) await tellOverruled(key, world);
}

function frameOf(settings: Settings, columns: number, world: World): string {
  const { depth } = terminalOf(world.env);
  const screen = { columns: usableColumns(columns, 0), rows: null, depth, links: false };
  return previewFrame(workingDay, settings, modules, screen);
}
