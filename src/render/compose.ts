import { width } from "../lib/text.ts";
import type { Layout, Look } from "../look/look.ts";
import type { Drawn, PartFreshness, Screen, Shown } from "../look/screen.ts";
import type { Form } from "../module.ts";
import { type Fitted, fit, type Item } from "./fit.ts";
import { draw, inCharset } from "./glyphs.ts";
import { joinerFor } from "./join.ts";
import { STALE_MARK } from "./stale-mark.ts";
import { plainText } from "./style.ts";
import { wrapLines } from "./wrap.ts";

/** One module's part in a frame, ready to be fitted. */
export interface Part {
  readonly moduleId: string;
  /** Ways to write it, from long to short; none when there is nothing to show. */
  readonly forms: () => readonly Form[];
  readonly freshness: PartFreshness;
  /** Its forms as they are put on the screen, as far as they have been drawn. */
  drawn?: DrawnForms;
}

interface DrawnForms {
  readonly forms: readonly Drawn[];
  readonly isAll: boolean;
}

/** On a terminal with fewer rows a second line costs the client's own mode line. */
const LOW = 16;
/** Shown when something in the configuration is wrong. */
const FAULTY: Form = [{ text: "⚙⚠", tone: "warn" }];
/** Shown when nothing can be stored, with the command that finds out why. */
const UNSTORED: Form = [{ text: "⚠ statusline doctor", tone: "warn" }];

/**
 * The frame: lines without anything wider than the screen, or "" when no part has anything to show. Notes in each part
 * what has been drawn of it.
 */
export function compose(
  parts: readonly Part[],
  look: Look,
  screen: Screen,
  faulty = false,
  unstored = false,
): string {
  const { columns } = screen;
  const joiner = joinerFor(look, columns, { theme: look.theme, depth: screen.depth });
  const rows = screen.rows !== null && screen.rows < LOW ? 1 : look.maxLines || look.lines.length;
  let waiting = itemsOf(within(rows, look.lines), parts, look, screen);
  const mark = (form: Form, priority: number) => {
    if (waiting.length === 0) waiting.push([]);
    waiting[0]?.push({ forms: () => [measured(draw(form, look.charset))], priority, align: "left" });
  };
  if (faulty) mark(FAULTY, Infinity);
  if (unstored) mark(UNSTORED, 0);
  const lines: string[] = [];
  const room = columns - joiner.extra;
  if (rows > waiting.length) waiting = wrapLines(waiting, rows, room, joiner.gap);
  for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
    const { fitted, dropped } = fit(line, room, joiner.gap);
    if (fitted.length > 0) lines.push(joiner.join(redrawn(fitted, look), columns));
    if (dropped.length > 0 && lines.length + waiting.length < rows) waiting.unshift([...dropped]);
  }
  return lines.join("\n");
}

/** What was cut to fit has an ellipsis, which is drawn too. */
function redrawn(fitted: readonly Fitted[], { charset }: Look): readonly Fitted[] {
  if (charset === "unicode") return fitted;
  return fitted.map(({ form, align }) => ({
    form: { ...form, spans: inCharset(form.spans, charset) },
    align,
  }));
}

/** The parts in their places, each with what it has to show. */
function itemsOf(layout: Layout, parts: readonly Part[], look: Look, { links }: Screen): Item[][] {
  const byId = new Map<string, Part>();
  for (const part of parts) byId.set(part.moduleId, part);
  const lines: Item[][] = [];
  for (const places of layout) {
    const items: Item[] = [];
    for (const { moduleId, priority, align } of places) {
      const part = byId.get(moduleId);
      if (part !== undefined)
        items.push({ forms: (count) => drawnOf(part, count, look, links), priority, align });
    }
    lines.push(items);
  }
  return lines;
}

/** Layouts of more lines than there is room for have their last ones on one line. */
function within(rows: number, layout: Layout): Layout {
  return layout.length <= rows ? layout : [...layout.slice(0, rows - 1), layout.slice(rows - 1).flat()];
}

/** A part's first `count` forms as they are put on the screen: drawn, with icon and with the mark of their age. */
export function drawnOf(part: Part, count: number, look: Look, links: boolean): readonly Drawn[] {
  const { moduleId, freshness, drawn } = part;
  if (drawn !== undefined && (drawn.isAll || drawn.forms.length >= count)) return drawn.forms;
  const icon = look.icons[moduleId];
  const head: readonly Shown[] = icon === undefined ? [] : [{ text: `${icon} `, tone: "muted" }];
  const forms: Drawn[] = [];
  for (const form of part.forms()) {
    const spans = draw(form, look.charset, links);
    const text = plainText(spans);
    const columns = width(text);
    // A name from outside may have nothing in it that can be seen; then there is nothing to separate either.
    if (width(text.trim()) === 0) continue;
    if (head.length === 0 && freshness === "current") forms.push({ spans, columns });
    else forms.push(measured([...head, ...marked(spans, freshness, look)]));
    if (forms.length === count) break;
  }
  part.drawn = { forms, isAll: forms.length < count };
  return forms;
}

function measured(spans: readonly Shown[]): Drawn {
  return { spans, columns: width(plainText(spans)) };
}

/** Aging values are dimmed, stale ones marked 🔴. */
function marked(form: readonly Shown[], freshness: PartFreshness, { charset }: Look): readonly Shown[] {
  if (freshness === "current") return form;
  const muted = form.map((span): Shown => ({ ...span, tone: "muted" }));
  return freshness === "stale"
    ? [...muted, ...inCharset([{ text: STALE_MARK, tone: "bad" }], charset)]
    : muted;
}
