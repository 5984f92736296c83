import kleur from "kleur";
import { printable, truncate } from "../lib/text.ts";
import { STATUS_LINE } from "./judge.ts";
import type { Plan } from "./plan.ts";

const LINES = 20;
const COLUMNS = 160;

/** What a plan changes, for a person: the entry as it is and as it will be. */
export function shownPlan({ file, after, was, will }: Plan): string {
  const goes = after === null ? "\n  (the file is removed: there was none before)" : "";
  const comes = file.bytes === null ? " (new)" : "";
  const leads = file.target === file.path ? "" : ` → ${printable(file.target)}`;
  return `${printable(file.path)}${leads}${comes}${side("-", was, kleur.red)}${side("+", will, kleur.green)}${goes}\n`;
}

function side(sign: string, value: string | null, colour: (text: string) => string): string {
  if (value === null) return "";
  const lines = `${JSON.stringify(STATUS_LINE)}: ${value}`.split(/\r\n|\r|\n/);
  const shown = lines.length > LINES ? [...lines.slice(0, LINES), "…"] : lines;
  return shown
    .map(
      (line) =>
        `\n  ${colour(`${sign} ${truncate(printable(line.replaceAll("\t", "  ")).slice(0, 1000), COLUMNS)}`)}`,
    )
    .join("");
}
