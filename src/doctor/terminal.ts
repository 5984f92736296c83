import { colorDepth, hasLinks, terminalOf, usableColumns } from "../render/terminal.ts";
import type { Env } from "../world.ts";
import { type Check, type CheckContext, ok, warning } from "./check.ts";

const DEPTHS = ["no colours", "16 colours", "256 colours", "24-bit colours"] as const;
/** Columns below which hardly more than one value fits. */
const NARROW = 30;
/** Rows of a terminal below which Claude Code has no room for a second line. */
const LOW = 16;

/** What the terminal is taken for, and why; of the terminal that this runs in, as sessions would there. */
export async function checkTerminal({ world, settings }: CheckContext): Promise<Check[]> {
  return [colours(world.env), await size(world, settings.look.padding), links(world.env)];
}

function colours(env: Env): Check {
  const depth = colorDepth(env);
  // What decides is what would make a difference if it were not there.
  const names = ["NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM"];
  const cause = names.find((name) => colorDepth({ ...env, [name]: undefined }) !== depth);
  const why = cause === undefined ? "COLORTERM and TERM indicate no more" : `${cause}=${env[cause]}`;
  const text = `${DEPTHS[depth]}: ${why}`;
  if (cause !== "TERM" || depth > 0) return ok("colours", text);
  return warning("colours", text, "Set TERM to your terminal's type, such as `xterm-256color`.");
}

async function size(world: CheckContext["world"], padding: number): Promise<Check> {
  const { columns, rows } = terminalOf(world.env);
  const width = columns ?? (await world.terminalColumns());
  const usable = usableColumns(width, padding);
  const why =
    columns !== null ? "COLUMNS" : width !== null ? "the terminal" : "COLUMNS is not set; assuming 80";
  const low = rows !== null && rows < LOW ? `; all on one line, since there are ${rows} rows` : "";
  const text = `${width ?? 80} columns (${why}), ${usable} of them for the row${low}`;
  return usable < NARROW
    ? warning("width", text, "Widen the window: most of the row is left out.")
    : ok("width", text);
}

function links(env: Env): Check {
  const shown = hasLinks(env);
  if (env.FORCE_HYPERLINK)
    return ok("links", `${shown ? "shown" : "not shown"}: FORCE_HYPERLINK=${env.FORCE_HYPERLINK}`);
  const cause = Object.keys(env).find((name) => hasLinks({ [name]: env[name] }));
  return ok(
    "links",
    cause === undefined
      ? "not shown: the terminal is not known to support them"
      : `shown: ${cause}=${env[cause]}`,
  );
}
