import type { JsonObject } from "./members.ts";

/** How an object is written: what is between its members, and within them. */
export interface Style {
  /** White space before a name: a line break with indentation, a blank, or nothing. */
  readonly gap: string;
  readonly colon: string;
  /** One more step of indentation; "" where all is on one line. */
  readonly unit: string;
  /** White space before `}`, for an object that has no members yet. */
  readonly closing: string;
}

/** The style of an object that has members is that of its last one; an empty one is given that of `JSON.stringify`. */
export function styleOf(text: string, { members, close }: JsonObject): Style {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const last = members.at(-1);
  if (last === undefined) return { gap: `${eol}  `, colon: ": ", unit: "  ", closing: eol };
  const gap = text.slice(blankBefore(text, last.at), last.at);
  const colon = /^[ \t]*:[ \t]*$/.exec(text.slice(last.nameEnd, last.valueAt))?.[0] ?? ": ";
  const inner = gap.replace(/^[\r\n]+/, "");
  if (inner === gap) return { gap, colon, unit: "", closing: "" };
  const outer = text.slice(blankBefore(text, close), close).replace(/^[\r\n]+/, "");
  const unit = inner.startsWith(outer) && inner !== outer ? inner.slice(outer.length) : "  ";
  return { gap, colon, unit, closing: "" };
}

/** Where the blanks before an offset begin, the line break before them included. */
function blankBefore(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === " " || text[at - 1] === "\t") at--;
  if (text[at - 1] === "\n") at--;
  if (text[at - 1] === "\r") at--;
  return at;
}

/** A flat object in a style, as the value of a member of that style. */
export function written(fields: Readonly<Record<string, string | number>>, style: Style): string {
  const { gap, colon, unit } = style;
  const members = Object.entries(fields).map(
    ([name, value]) => `${JSON.stringify(name)}${colon}${JSON.stringify(value)}`,
  );
  return unit === ""
    ? `{${members.join(`,${gap}`)}}`
    : `{${gap}${unit}${members.join(`,${gap}${unit}`)}${gap}}`;
}
