import { truncate, width } from "../lib/text.ts";
import type { Form } from "../module.ts";
import { plainText } from "./style.ts";

/** A module's value on a line. */
export interface Item {
  /** Its forms from long to short, made as they are asked for. */
  readonly forms: () => Iterable<Form>;
  /** Adds to a form what says how old it is. */
  readonly mark: (form: Form) => Form;
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
  // Most often all fit at their longest; then no other form is made.
  const longest: Fitted[] = [];
  let total = -gap;
  for (const { forms, mark, right } of items) {
    for (const form of forms()) {
      if (isBlank(form)) continue;
      const marked = mark(form);
      longest.push({ form: marked, right });
      total += gap + width(plainText(marked));
      break;
    }
  }
  return total <= columns ? longest : squeeze(items, columns, gap);
}

/** A name from outside may have nothing in it that can be seen; then there is nothing to separate either. */
function isBlank(form: Form): boolean {
  return plainText(form).trim() === "";
}

function squeeze(items: readonly Item[], columns: number, gap: number): Fitted[] {
  const candidates = items.flatMap(({ forms, mark, priority, right }) => {
    const all = Array.from(forms())
      .filter((form) => !isBlank(form))
      .map(mark);
    const widths = all.map((form) => width(plainText(form)));
    return all.length === 0
      ? []
      : [{ all, widths, priority, right, chosen: widths.indexOf(Math.min(...widths)) }];
  });
  const left = new Set(candidates);
  const total = () => {
    const widths = [...left].map(({ widths, chosen }) => widths[chosen] ?? 0);
    return widths.reduce((sum, each) => sum + each + gap, -gap);
  };
  const byPriority = [...candidates].sort((a, b) => a.priority - b.priority);
  for (const candidate of byPriority) {
    if (total() <= columns || left.size === 1) break;
    left.delete(candidate);
  }
  for (const candidate of byPriority.reverse()) {
    if (!left.has(candidate)) continue;
    const room = columns - total() + (candidate.widths[candidate.chosen] ?? 0);
    const longest = candidate.widths.findIndex((each) => each <= room);
    if (longest >= 0) candidate.chosen = longest;
  }
  return candidates
    .filter((candidate) => left.has(candidate))
    .map(({ all, chosen, right }) => ({ form: cut(all[chosen] ?? [], columns), right }));
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
