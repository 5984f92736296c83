import { width } from "../lib/text.ts";
import type { Look, Place, Separator } from "../look/look.ts";
import type { Shown } from "../look/screen.ts";
import type { Fitted } from "./fit.ts";
import { inAscii } from "./glyphs.ts";
import { type Ink, paint } from "./style.ts";

/** On a narrower screen separators have less room around them. */
const NARROW = 80;

const SIGNS: Readonly<Record<Separator, string>> = {
  bar: "│",
  dot: "·",
  slash: "/",
  space: "",
  // Where there are no backgrounds: the thin edge of Powerline fonts.
  powerline: "\ue0b1",
};
/** The edges of segments that follow, and that precede (Powerline's private-use characters). */
const EDGES = { after: "\ue0b0", before: "\ue0b2" };
/** A segment has a blank at each side, and an edge. */
const SEGMENT = 3;

/** Puts items side by side into one painted line. */
export interface Joiner {
  /** Columns between two items, for fitting. */
  readonly gap: number;
  /** Columns that every line takes beyond its items and the gaps between them. */
  readonly extra: number;
  join(fitted: readonly Fitted[], columns: number): string;
}

/** How the items of a line are joined in this look. */
export function joinerFor({ separator, charset }: Look, columns: number, ink: Ink): Joiner {
  const isSegmented = separator === "powerline" && ink.depth >= 2 && charset === "unicode";
  if (isSegmented && columns > SEGMENT) return segments(ink);
  const sign =
    charset === "ascii" ? inAscii(separator === "powerline" ? "│" : SIGNS[separator]) : SIGNS[separator];
  const blank = columns < NARROW || separator === "dot" || separator === "slash" ? " " : "  ";
  const between: Shown = { text: sign === "" ? blank : `${blank}${sign}${blank}`, tone: "track" };
  const gap = width(between.text);
  return {
    gap,
    extra: 0,
    join: (fitted, room) =>
      aligned(fitted, room, (group) => {
        const spans: Shown[] = [];
        for (const { form } of group) {
          if (spans.length > 0) spans.push(between);
          for (const span of form.spans) spans.push(span);
        }
        return { text: paint(spans, ink), columns: widthOf(group, gap) - gap };
      }),
  };
}

/** Items on backgrounds that take turns, with edges between them. */
function segments(ink: Ink): Joiner {
  return {
    gap: SEGMENT,
    extra: SEGMENT,
    join: (fitted, room) =>
      aligned(fitted, room, (group, align) => {
        const texts = group.map(({ form }, n) => segment(form.spans, n, group.length, align, ink));
        return { text: texts.join(""), columns: widthOf(group, SEGMENT) };
      }),
  };
}

function segment(form: readonly Shown[], n: number, count: number, align: Place["align"], ink: Ink): string {
  const { theme, depth } = ink;
  const own = theme.surfaces[n % 2 === 0 ? 0 : 1];
  const other = theme.surfaces[n % 2 === 0 ? 1 : 0];
  const blank: Shown = { text: " ", tone: "plain" };
  const body = paint([blank, ...form, blank], ink, own.background[depth]);
  const edge = (sign: string, behind: boolean) =>
    `\x1b[${own.edge[depth]}${behind ? `;${other.background[depth]}` : ""}m${sign}\x1b[0m`;
  return align === "right" ? edge(EDGES.before, n > 0) + body : body + edge(EDGES.after, n < count - 1);
}

/** Columns of these items, with `gap` columns to each. */
function widthOf(group: readonly Fitted[], gap: number): number {
  let columns = 0;
  for (const { form } of group) columns += form.columns + gap;
  return columns;
}

interface Painted {
  readonly text: string;
  readonly columns: number;
}

/** Left, middle and right groups, with the room that is left between them. */
function aligned(
  fitted: readonly Fitted[],
  room: number,
  paintGroup: (group: readonly Fitted[], align: Place["align"]) => Painted,
): string {
  const groups: (Painted & { align: Place["align"] })[] = [];
  for (const align of ["left", "flex", "right"] as const) {
    const group: Fitted[] = [];
    for (const item of fitted) if (item.align === align) group.push(item);
    if (group.length === 0) continue;
    groups.push({ align, ...paintGroup(group, align) });
  }
  const [first] = groups;
  if (first === undefined || (groups.length === 1 && first.align !== "right")) return first?.text ?? "";
  let free = room;
  for (const group of groups) free -= group.columns;
  free = Math.max(0, free);
  if (groups.length === 1) return " ".repeat(free) + first.text;
  // The room that is left goes between the groups, in equal shares; the last gap has the rest.
  const last = groups.length - 1;
  const share = Math.floor(free / last);
  let line = first.text;
  for (let n = 1; n <= last; n++) {
    line += " ".repeat(n === last ? free - share * (last - 1) : share) + (groups[n]?.text ?? "");
  }
  return line;
}
