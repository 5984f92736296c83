import { truncate, width } from "../lib/text.ts";
import type { Form } from "../module.ts";
import { plainText } from "./style.ts";

/** A module's value on a line: its forms from long to short. */
export interface Item {
  readonly forms: readonly Form[];
  readonly priority: number;
  readonly right: boolean;
}

/** An item with the form that fits. */
export interface Fitted {
  readonly form: Form;
  readonly right: boolean;
}

/**
 * Chooses a form for each item so that the line, with `gap` columns between items, is at most `columns` wide.
 * The least important shorten first; when the shortest forms do not fit, the least important leave. A single
 * item that is too wide even so is cut, with `…`.
 */
export function fit(items: readonly Item[], columns: number, gap: number): Fitted[] {
  const widths = new Map(items.map((item) => [item, item.forms.map((form) => width(plainText(form)))]));
  const widthOf = (item: Item, form: number) => widths.get(item)?.[form] ?? 0;
  const chosen = new Map(items.map((item) => [item, shortest(item, widthOf)]));
  const total = () =>
    [...chosen].reduce((sum, [item, form]) => sum + widthOf(item, form), gap * Math.max(0, chosen.size - 1));

  const byPriority = [...items].sort((a, b) => a.priority - b.priority);
  for (const item of byPriority) {
    if (total() <= columns || chosen.size === 1) break;
    chosen.delete(item);
  }
  for (const item of byPriority.reverse()) {
    const current = chosen.get(item);
    if (current === undefined) continue;
    const room = columns - total() + widthOf(item, current);
    const longest = item.forms.findIndex((_, form) => widthOf(item, form) <= room);
    chosen.set(item, longest < 0 ? current : longest);
  }
  return items
    .filter((item) => chosen.has(item))
    .map((item) => ({ form: cut(item.forms[chosen.get(item) ?? 0] ?? [], columns), right: item.right }));
}

function shortest(item: Item, widthOf: (item: Item, form: number) => number): number {
  return item.forms.reduce((best, _, form) => (widthOf(item, form) < widthOf(item, best) ? form : best), 0);
}

/** The leading spans that fit, the last of them cut. */
function cut(form: Form, columns: number): Form {
  if (width(plainText(form)) <= columns) return form;
  let room = columns;
  return form.flatMap((span) => {
    if (room <= 0) return [];
    const text = truncate(plainText([span]), room);
    room -= text.endsWith("…") && text !== span.text ? room : width(text);
    return [{ ...span, text }];
  });
}
