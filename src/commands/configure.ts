import { configurationHere } from "../cli/configuration.ts";
import { print } from "../cli/print.ts";
import { takesNone } from "../cli/usage.ts";
import { editFile } from "../config/edit.ts";
import type { Configuration } from "../config/load.ts";
import { problemText } from "../config/problem.ts";
import { resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import { userFile } from "../config/sources.ts";
import { changesOf, flagsOf } from "../configure/draft.ts";
import { type Editor, openEditor, pressKey } from "../configure/editor.ts";
import { type FullScreen, openFullScreen } from "../configure/full-screen.ts";
import { drawPage, type Preview } from "../configure/page.ts";
import { type Chooser, type EditorContext, rowsOf } from "../configure/page-keys.ts";
import { UserError } from "../lib/user-error.ts";
import { modules } from "../modules/all.ts";
import { previewFrame } from "../preview/frame.ts";
import { account, everything } from "../preview/sessions.ts";
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
      "Use `statusline config set KEY VALUE` without one.",
    );
  const configuration = await configurationHere(world);
  const broken = configuration.problems.find(({ origin, field }) => origin.layer === "user" && field === "");
  if (broken !== undefined)
    throw new UserError(1, problemText(broken), "Fix it first: `statusline config edit`.");
  const ground: EditorContext = {
    configuration,
    configured: resolve(configuration, modules).look.lines,
    modules,
  };
  const screen = openFullScreen();
  const { end, chooser } = await edit(screen, ground, world).finally(screen.close);
  await save(end === "save" ? chooser : null, configuration, world);
}

async function edit(screen: FullScreen, ground: EditorContext, world: World): Promise<Editor> {
  let editor = openEditor(ground);
  while (editor.end === null) {
    const { columns, rows } = screen.size();
    const { page, selected, draft } = editor.chooser;
    const flags = flagsOf(draft, ground.configuration);
    const settings = resolve(await configurationHere(world, flags), modules);
    const preview = previewOf(settings, { columns, rows }, world);
    const view = { screen: editor.screen, page, selected, rows: rowsOf(editor.chooser, ground), preview };
    screen.show(drawPage({ ...view, path: userFile(world) }, columns, rows));
    const key = await screen.key();
    if (key !== null) editor = pressKey(editor, key, ground);
  }
  return editor;
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

/** Rows of the terminal that the preview leaves to the rest of the page. */
const OTHER_ROWS = 14;

/**
 * The row of a session that has a value for every module. Where it is too narrow for all of them, the preview wraps, and
 * says so.
 */
function previewOf(
  settings: Settings,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  world: World,
): Preview {
  const { depth } = terminalOf(world.env);
  const screen = { columns: usableColumns(columns, 0), rows: null, depth, links: false };
  const frameWith = (maxLines: number) => {
    const look = { ...settings.look, maxLines };
    return previewFrame(everything, { ...settings, look }, modules, screen, { account, marksEmpty: true });
  };
  const row = frameWith(settings.look.maxLines);
  const all = frameWith(Math.max(rows - OTHER_ROWS, settings.look.lines.length));
  if (row === all) return { frame: row, title: "preview" };
  return { frame: all, title: `preview, wrapped: in ${screen.columns} columns the row shows what fits` };
}
