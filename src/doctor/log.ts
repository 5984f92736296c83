import { timeSpan } from "../lib/quantity.ts";
import { printable } from "../lib/text.ts";
import type { World } from "../world.ts";
import { type Check, type CheckContext, ok, warning } from "./check.ts";

/** How much of the log is looked at: its last lines. */
const BYTES = 16 * 1024;
const LINES = 10;
/** Milliseconds within which an error says something about now. */
const LATELY = 3_600_000;

/** The last warnings and errors. */
export function recentLog(world: World): string[] {
  return textOf(world)
    .split("\n")
    .filter((line) => / (warning|error) /.test(line))
    .slice(-LINES)
    .map(printable);
}

function textOf(world: World): string {
  try {
    return world.readTail(world.paths.log, BYTES) ?? "";
  } catch {
    return ""; // Other checks report why.
  }
}

/** Whether something has gone wrong lately. */
export async function checkLog({ world }: CheckContext): Promise<Check[]> {
  const errors = recentLog(world).filter((line) => / error /.test(line));
  const last = errors.at(-1);
  const age = Date.now() - Date.parse(last?.split(" ")[0] ?? "");
  if (last === undefined || !(age < LATELY)) return [ok("log", "no error in the last hour")];
  const hint = "The lines below show what happened.";
  return [
    warning("log", `an error ${timeSpan(Math.max(age, 0))} ago: ${last.split(" ").slice(2).join(" ")}`, hint),
  ];
}
