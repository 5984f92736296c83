import { truncate } from "../lib/text.ts";
import { terminalOf, usableColumns } from "./terminal.ts";

/** A line of our own in place of a row, cut to the columns that are usable when no configuration is known. */
export function note(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return truncate(text, usableColumns(terminalOf(env).columns, 0));
}
