import { head, printable, width } from "../lib/text.ts";
import { STALE_MARK } from "./stale-mark.ts";
import { type Terminal, usableColumns } from "./terminal.ts";

/** The last good frame for the terminal as it is now: cut to its width, without colours where it has none. */
export function replay(text: string, isStale: boolean, { columns, depth }: Terminal): string {
  const room = usableColumns(columns, 0);
  const lines = text
    .split("\n")
    .map(safe)
    .map((line, n) => {
      const mark = isStale && n === 0 && room > width(STALE_MARK) ? STALE_MARK : "";
      const cut = head(line, room - width(mark));
      return (depth === 0 ? Bun.stripANSI(cut) : cut) + mark;
    });
  return lines.join("\n");
}

/** A stored line without anything but colours and links: who wrote the file is not known here. */
function safe(line: string): string {
  const parts = line.split(/(\x1b\[[0-9;]*m|\x1b\]8;;[^\x00-\x1f\x7f-\x9f]*\x1b\\)/);
  return parts.map((part, n) => (n % 2 === 1 ? part : printable(part))).join("");
}
