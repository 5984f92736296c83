import type { Item } from "./fit.ts";

/**
 * Spreads lines over the rows that are free: a line wraps before anything on it is shortened, as long as what follows
 * keeps the rows that it needs to lose nothing. The order of the items stays.
 * @param rows at least as many as there are lines
 * @param gap columns between two items
 */
export function wrapLines(
  lines: readonly (readonly Item[])[],
  rows: number,
  columns: number,
  gap: number,
): Item[][] {
  const needed = lines.map((line) => rowsNeeded(line, columns, gap));
  let free = rows;
  return lines.flatMap((line, n) => {
    const others = needed.slice(n + 1).reduce((sum, each) => sum + each, 0);
    const wrapped = wrap(line, Math.max(1, free - others), columns, gap);
    free -= wrapped.length;
    return wrapped;
  });
}

/** Items in at most so many rows: each takes what fits unshortened, and more where the rest would not fit otherwise. */
function wrap(items: readonly Item[], rows: number, columns: number, gap: number): Item[][] {
  const wrapped: Item[][] = [];
  let rest = items;
  while (wrapped.length < rows - 1 && rest.length > 0) {
    const free = rows - wrapped.length - 1;
    const most = prefix(rest, columns, gap, shortest);
    let end = prefix(rest, columns, gap, longest);
    while (end < most && rowsNeeded(rest.slice(end), columns, gap) > free) end++;
    wrapped.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest.length > 0 || wrapped.length === 0 ? [...wrapped, [...rest]] : wrapped;
}

/** Rows that items take at their shortest. */
function rowsNeeded(items: readonly Item[], columns: number, gap: number): number {
  let rows = 0;
  for (let rest = items; rest.length > 0; rows++) rest = rest.slice(prefix(rest, columns, gap, shortest));
  return rows;
}

/** How many items fit side by side; the first always does. */
function prefix(
  items: readonly Item[],
  columns: number,
  gap: number,
  widthOf: (item: Item) => number | null,
) {
  let total = -gap;
  for (const [n, item] of items.entries()) {
    const width = widthOf(item);
    if (width === null) continue;
    if (total >= 0 && total + gap + width > columns) return n;
    total += gap + width;
  }
  return items.length;
}

const longest = (item: Item) => item.forms(1)[0]?.columns ?? null;

function shortest(item: Item): number | null {
  const widths = item.forms(Infinity).map(({ columns }) => columns);
  return widths.length === 0 ? null : Math.min(...widths);
}
