import { truncate, width } from "../lib/text.ts";
import type { Place } from "../look/look.ts";
import type { Drawn } from "../look/screen.ts";
import { plainText } from "./style.ts";

/** A module's value on a line. */
export interface Item {
  /** Its forms from long to short, drawn, the first `count` of them; none of them blank. */
  forms(count: number): readonly Drawn[];
  readonly priority: number;
  readonly align: Place["align"];
}

/** An item with the form that fits. */
export interface Fitted {
  readonly form: Drawn;
  readonly align: Place["align"];
}

/** The items that fit on a line, and those that do not. */
export interface Line {
  readonly fitted: readonly Fitted[];
  readonly dropped: readonly Item[];
}

/**
 * Chooses a form for each item so that the line, with `gap` columns between items, is at most `columns` wide.
 * The least important shorten first; when the shortest forms do not fit, the least important leave. A single
 * item that is too wide even so is cut, with `…`.
 */
export function fit(items: readonly Item[], columns: number, gap: number): Line {
  // Most often all fit at their longest; then no other form is made.
  const longest: Fitted[] = [];
  let total = -gap;
  for (const item of items) {
    const form = item.forms(1)[0];
    if (form === undefined) continue;
    longest.push({ form, align: item.align });
    total += gap + form.columns;
  }
  return total <= columns ? { fitted: longest, dropped: [] } : squeeze(items, columns, gap);
}

function squeeze(items: readonly Item[], columns: number, gap: number): Line {
  const candidates = items.flatMap((item) => {
    const all = item.forms(Infinity);
    const widths = all.map((form) => form.columns);
    return all.length === 0 ? [] : [{ item, all, widths, chosen: widths.indexOf(Math.min(...widths)) }];
  });
  const left = new Set(candidates);
  const total = () => {
    const widths = [...left].map(({ widths, chosen }) => widths[chosen] ?? 0);
    return widths.reduce((sum, each) => sum + each + gap, -gap);
  };
  const byPriority = [...candidates].sort((a, b) => a.item.priority - b.item.priority);
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
  const [kept, gone] = [
    candidates.filter((each) => left.has(each)),
    candidates.filter((each) => !left.has(each)),
  ];
  return {
    fitted: kept.map(({ item, all, chosen }) => ({
      form: cut(all[chosen] ?? NOTHING, columns),
      align: item.align,
    })),
    dropped: gone.map(({ item }) => item),
  };
}

const NOTHING: Drawn = { spans: [], columns: 0 };

/** The leading spans that fit, the last of them cut. Widths do not add up: a sign may join the one before it. */
function cut(form: Drawn, columns: number): Drawn {
  if (form.columns <= columns) return form;
  const whole = truncate(plainText(form.spans), columns);
  let left = whole;
  const spans = form.spans.flatMap((span) => {
    const own = plainText([span]);
    const text = left.startsWith(own) ? own : left;
    left = left.slice(text.length);
    return text === "" ? [] : [{ ...span, text }];
  });
  return { spans, columns: width(whole) };
}
