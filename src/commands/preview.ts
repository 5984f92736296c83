import { parseArgs } from "node:util";
import { configurationHere } from "../cli/configuration.ts";
import { printStyled } from "../cli/print.ts";
import { usageOf } from "../cli/usage.ts";
import { problemText } from "../config/problem.ts";
import { resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import { writeAtomic } from "../lib/atomic.ts";
import { messageOf } from "../lib/errors.ts";
import { UserError } from "../lib/user-error.ts";
import type { Screen } from "../look/screen.ts";
import { colors, type ThemeName } from "../look/themes.ts";
import { modules } from "../modules/all.ts";
import { previewFrame } from "../preview/frame.ts";
import { documents, workingDay } from "../preview/sessions.ts";
import { svg } from "../preview/svg.ts";
import { terminalOf, usableColumns } from "../render/terminal.ts";
import type { World } from "../world.ts";

const OPTIONS = { width: { type: "string" }, all: { type: "boolean" }, svg: { type: "string" } } as const;

/**
 * `statusline preview`: sample sessions as the person's configuration shows them, in the terminal or as a picture.
 * @throws UserError for wrong usage, values that do not fit, and a picture that cannot be written
 */
export async function preview(world: World, args: readonly string[]): Promise<void> {
  const { options, flags } = parse(args);
  const settings = await settingsWith(flags, world);
  const screen = await screenFor(options.width, settings, world);
  if (options.svg !== undefined) return picture(options.svg, settings, colors[settings.theme], screen);
  const themes = options.all ? (Object.keys(colors) as ThemeName[]) : [settings.theme];
  for (const theme of themes) {
    const own = options.all ? await settingsWith([...flags, `--theme=${theme}`], world) : settings;
    for (const [title, document] of Object.entries(documents).slice(0, options.all ? 1 : undefined)) {
      const frame = previewFrame(document, own.settings, modules, screen);
      await printStyled(
        world,
        `${options.all ? `${theme}: ${colors[theme].description}` : title}\n${frame}\n\n`,
      );
    }
  }
}

/** Own options, and flags that configure; both may be written `--name VALUE` and `--name=VALUE`. */
function parse(args: readonly string[]) {
  const joined = args.flatMap((arg, n) => {
    const before = args[n - 1];
    if (isOpen(before) && !arg.startsWith("--")) return [];
    const next = args[n + 1];
    return isOpen(arg) && next !== undefined && !next.startsWith("--") ? [`${arg}=${next}`] : [arg];
  });
  const own = joined.filter((arg) => /^--(width|all|svg)(=|$)/.test(arg) || !arg.startsWith("--"));
  try {
    const { values } = parseArgs({ args: own, options: OPTIONS });
    return { options: values, flags: joined.filter((arg) => !own.includes(arg)) };
  } catch (error) {
    throw new UserError(2, messageOf(error), usageOf("preview"));
  }
}

/** Whether an argument may have its value after it. */
const isOpen = (arg: string | undefined) => arg?.startsWith("--") && !arg.includes("=") && arg !== "--all";

async function settingsWith(
  flags: readonly string[],
  world: World,
): Promise<{ settings: Settings; theme: ThemeName }> {
  const configuration = await configurationHere(world, flags);
  const wrong = configuration.problems.filter(({ origin }) => origin.layer === "flag");
  if (wrong.length > 0) throw new UserError(2, wrong.map(problemText).join("\n"), usageOf("preview"));
  const theme = configuration.effective.get("theme")?.value as ThemeName;
  return { settings: resolve(configuration, modules), theme };
}

async function screenFor(
  width: string | undefined,
  { settings }: { settings: Settings },
  world: World,
): Promise<Screen> {
  const { columns, depth, links } = terminalOf(world.env);
  const asked = width === undefined ? null : Number(width);
  if (asked !== null && !(Number.isInteger(asked) && asked > 0))
    throw new UserError(2, `--width ${width} is not a number of columns`, usageOf("preview"));
  return {
    columns: usableColumns(asked ?? columns ?? (await world.terminalColumns()), settings.look.padding),
    rows: null,
    depth: settings.look.colorEnabled ? depth : 0,
    links: settings.look.links === "always" || (settings.look.links === "auto" && links),
  };
}

function picture(
  path: string,
  { settings }: { settings: Settings },
  { backgrounds }: { backgrounds: readonly string[] },
  screen: Screen,
): void {
  const background = backgrounds[1] ?? backgrounds[0] ?? "#000000";
  const frame = previewFrame(workingDay, settings, modules, { ...screen, depth: 3, links: false });
  try {
    writeAtomic(path, svg(frame.split("\n"), screen.columns, background));
  } catch (error) {
    throw new UserError(1, `${path} cannot be written: ${messageOf(error)}`);
  }
}
