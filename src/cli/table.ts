import kleur from "kleur";
import { printable, width } from "../lib/text.ts";

/** A table for people; what is not known reads "–". Text from outside is made printable. */
export function table(heads: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const texts = rows.map((row) =>
    row.map((cell) => (cell === null || cell === undefined ? "–" : printable(String(cell)))),
  );
  const widths = heads.map((head, n) => Math.max(width(head), ...texts.map((row) => width(row[n] ?? ""))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, n) => cell + " ".repeat((widths[n] ?? 0) - width(cell)))
      .join("  ")
      .trimEnd();
  return `${[kleur.bold(line(heads)), ...texts.map(line)].join("\n")}\n`;
}
