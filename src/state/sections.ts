/**
 * Where things are in the text of a block-style YAML file. Only lines at the outermost levels are looked at;
 * within these no scalar can go on (YAML 1.2, 6.1 and 8.1: continuation lines are indented deeper), so that
 * the marks found are marks and nothing else.
 */
export type Lines = string[];

/** Splits text into lines that keep their line ends. */
export function linesOf(text: string): Lines {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

export interface Section {
  /** Line of the key. */
  readonly start: number;
  /** Line after its value. */
  readonly end: number;
  /** What follows the key on its line, without a comment. */
  readonly inline: string;
}

/** Finds a top-level key. */
export function findSection(lines: Lines, key: string): Section | null {
  const pattern = new RegExp(`^(?:${key}|"${key}"|'${key}')[ \\t]*:(?=\\s|$)`);
  const start = lines.findIndex((line) => pattern.test(line));
  if (start < 0) return null;
  const next = lines.findIndex((line, n) => n > start && /^[^\s#-]/.test(line));
  const ahead = next < 0 ? lines.length : next;
  const documentEnd = lines.findIndex(
    (line, n) => n > start && n < ahead && /^(---|\.\.\.)(\s|$)/.test(line),
  );
  const end = documentEnd < 0 ? ahead : documentEnd;
  const inline = (lines[start] ?? "")
    .replace(pattern, "")
    .replace(/(^|\s)#.*$/s, "")
    .trim();
  return { start, end: withoutTail(lines, start + 1, end), inline };
}

export interface Items {
  /** Columns before the dashes. */
  readonly indent: string;
  /** First line of each item, and the line after its last. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** The items of the block list that is a section's value. */
export function itemsOf(lines: Lines, section: Section): Items {
  const body = lines.slice(section.start + 1, section.end);
  const first = body.find((line) => /^[ \t]*-(\s|$)/.test(line));
  const indent = /^ */.exec(first ?? "  ")?.[0] ?? "  ";
  const starts = body.flatMap((line, n) =>
    line.startsWith(`${indent}-`) && /^-(\s|$)/.test(line.slice(indent.length))
      ? [section.start + 1 + n]
      : [],
  );
  const ranges = starts.map(
    (start, n) => [start, withoutTail(lines, start + 1, starts[n + 1] ?? section.end, indent)] as const,
  );
  return { indent, ranges };
}

/** Drops blank lines, and comments no deeper than `indent`, from the end: they belong to what follows. */
function withoutTail(lines: Lines, from: number, to: number, indent = ""): number {
  let end = to;
  while (end > from) {
    const line = lines[end - 1] ?? "";
    const comment = /^( *)#/.exec(line);
    const outer = comment !== null && (comment[1]?.length ?? 0) <= indent.length;
    if (line.trim() !== "" && !outer) break;
    end--;
  }
  return end;
}
