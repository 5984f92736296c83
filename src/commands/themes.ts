import { printStyled } from "../cli/print.ts";
import { takesNone } from "../cli/usage.ts";
import { defaultConfiguration } from "../config/load.ts";
import { resolve } from "../config/resolve.ts";
import { themeOf } from "../look/theme-sgr.ts";
import { colors } from "../look/themes.ts";
import { modules } from "../modules/all.ts";
import { previewFrame } from "../preview/frame.ts";
import { workingDay } from "../preview/sessions.ts";
import { terminalOf, usableColumns } from "../render/terminal.ts";
import type { World } from "../world.ts";

/**
 * `statusline themes`: each theme with a line in it.
 * @throws UserError for arguments, of which there are none
 */
export async function themes(world: World, args: readonly string[]): Promise<void> {
  takesNone(args, "themes");
  const settings = resolve(defaultConfiguration(modules), modules);
  const { columns, depth } = terminalOf(world.env);
  const screen = {
    columns: usableColumns(columns ?? (await world.terminalColumns()), 0),
    rows: 1,
    depth,
    links: false,
  };
  for (const [name, theme] of Object.entries(colors)) {
    const look = { ...settings.look, theme: themeOf(theme) };
    const frame = previewFrame(workingDay, { ...settings, look }, modules, screen);
    await printStyled(world, `${name}: ${theme.description}\n${frame}\n\n`);
  }
}
