import { width } from "../lib/text.ts";
import type { Look, Place, Separator } from "../look/look.ts";
import type { Span } from "../module.ts";
import type { Fitted } from "./fit.ts";
import { inAscii } from "./glyphs.ts";
import { type Ink, paint, plainText } from "./style.ts";

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
  const between: Span = { text: sign === "" ? blank : `${blank}${sign}${blank}`, tone: "track" };
  const gap = width(between.text);
  return {
    gap,
    extra: 0,
    join: (fitted, room) =>
      aligned(fitted, room, (group) => {
        const forms = group.flatMap(({ form }, n) => (n === 0 ? form : [between, ...form]));
        return { text: paint(forms, ink), columns: width(plainText(forms)) };
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
        const texts = group.map(({ form }, n) => segment(form, n, group.length, align, ink));
        const columns = group.reduce((sum, { form }) => sum + width(plainText(form)) + SEGMENT, 0);
        return { text: texts.join(""), columns };
      }),
  };
}

function segment(form: readonly Span[], n: number, count: number, align: Place["align"], ink: Ink): string {
  const { theme, depth } = ink;
  const own = theme.surfaces[n % 2 === 0 ? 0 : 1];
  const other = theme.surfaces[n % 2 === 0 ? 1 : 0];
  const blank: Span = { text: " ", tone: "plain" };
  const body = paint([blank, ...form, blank], ink, own.background[depth]);
  const edge = (sign: string, behind: boolean) =>
    `\x1b[${own.edge[depth]}${behind ? `;${other.background[depth]}` : ""}m${sign}\x1b[0m`;
  return align === "right" ? edge(EDGES.before, n > 0) + body : body + edge(EDGES.after, n < count - 1);
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
  const groups = (["left", "flex", "right"] as const).flatMap((align) => {
    const group = fitted.filter((item) => item.align === align);
    return group.length === 0 ? [] : [{ align, ...paintGroup(group, align) }];
  });
  const free = Math.max(0, room - groups.reduce((sum, { columns }) => sum + columns, 0));
  if (groups.length === 1 && groups[0]?.align === "right") return " ".repeat(free) + groups[0].text;
  const gaps = Math.max(1, groups.length - 1);
  return groups
    .map(({ text }, n) => {
      if (n === 0) return text;
      const share = n === gaps ? free - Math.floor(free / gaps) * (gaps - 1) : Math.floor(free / gaps);
      return " ".repeat(share) + text;
    })
    .join("");
}
