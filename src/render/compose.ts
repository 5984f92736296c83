import { width } from "../lib/text.ts";
import type { Form, Span } from "../module.ts";
import { type Fitted, fit, type Item } from "./fit.ts";
import { type Layout, layoutFor } from "./layout.ts";
import { type ColorDepth, paint, plainText } from "./style.ts";
import type { Theme } from "./theme.ts";

/** One module's part in a frame, ready to be fitted. */
export interface Part {
  readonly moduleId: string;
  /** Ways to write it, from long to short; null when there is nothing to show. */
  readonly forms: (() => Iterable<Form>) | null;
  readonly freshness: "current" | "expired" | "stale";
}

/** The terminal, as far as it shapes a frame. */
export interface Screen {
  /** Columns that the status line may use. */
  readonly columns: number;
  /** Rows of the whole terminal, or null when unknown. */
  readonly rows: number | null;
  readonly depth: ColorDepth;
}

const SEPARATOR: Span = { text: "  │  ", tone: "track" };
const NARROW_SEPARATOR: Span = { text: " │ ", tone: "track" };
const NARROW = 80;

/** The frame: lines without anything wider than the screen, or "" when no part has anything to show. */
export function compose(parts: readonly Part[], layout: Layout, theme: Theme, screen: Screen): string {
  const byId = new Map(parts.map((part) => [part.moduleId, part]));
  const separator = screen.columns < NARROW ? NARROW_SEPARATOR : SEPARATOR;
  const lines = layoutFor(screen.rows, layout).map((places) => {
    const items = places.flatMap((place): Item[] => {
      const part = byId.get(place.moduleId);
      if (!part?.forms) return [];
      const { forms, freshness } = part;
      const mark = (form: Form) => marked(form, freshness);
      return [{ forms, mark, priority: place.priority, right: place.align === "right" }];
    });
    const fitted = fit(items, screen.columns, width(separator.text));
    return paint(joined(fitted, separator, screen.columns), theme, screen.depth);
  });
  return lines.filter((line) => line !== "").join("\n");
}

/** An old value says so: muted when past its best, with 🔴 when stale. */
function marked(form: Form, freshness: Part["freshness"]): Form {
  if (freshness === "current") return form;
  const muted = form.map((span): Span => ({ ...span, tone: "muted" }));
  return freshness === "stale" ? [...muted, { text: " 🔴", tone: "bad" }] : muted;
}

/** Items side by side; those at the right follow after a gap that fills the line. */
function joined(fitted: readonly Fitted[], separator: Span, columns: number): Form {
  const side = (right: boolean) => {
    const forms = fitted.filter((item) => item.right === right).map((item) => item.form);
    return forms.flatMap((form, n) => (n === 0 ? form : [separator, ...form]));
  };
  const [left, right] = [side(false), side(true)];
  if (right.length === 0 || left.length === 0) return [...left, ...right];
  const room = columns - width(plainText(left)) - width(plainText(right));
  return [...left, { text: " ".repeat(Math.max(1, room)), tone: "plain" }, ...right];
}
