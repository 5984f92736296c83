import { isRecord } from "../lib/fields.ts";
import { priorityOf } from "../look/layouts.ts";
import type { Layout, Place } from "../look/look.ts";
import { PROJECT_MAY_SET, type TypeBuilder } from "../module.ts";

/** Lines that there may be. */
export const MAX_LINES = 20;
const ALIGNS = ["left", "right", "flex"] as const;

/** TypeBox type of a person's own lines: lists of module names, or of objects with priority and alignment. */
export function linesSchema(t: TypeBuilder, names: readonly string[]) {
  const name = t.Union(names.map((each) => t.Literal(each)));
  const place = t.Object(
    {
      module: name,
      priority: t.Optional(
        t.Integer({
          minimum: 0,
          maximum: 1000,
          description: "the least important shortens and leaves first",
        }),
      ),
      align: t.Optional(t.Union(ALIGNS.map((each) => t.Literal(each)))),
    },
    { additionalProperties: false },
  );
  return t.Union([t.Array(t.Array(t.Union([name, place])), { minItems: 1, maxItems: MAX_LINES }), t.Null()], {
    default: null,
    description: "lines of modules instead of the layout's; null for the layout's own",
    ...PROJECT_MAY_SET,
  });
}

/** What is wrong with a person's lines, and where in them. */
export interface LinesProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly expected: string;
  /** A name that is not known, and those that are. */
  readonly name?: { readonly given: string; readonly known: readonly string[] };
}

/** The first thing that is wrong with `value` as a list of lines, or null. */
export function problemIn(value: unknown, names: readonly string[]): LinesProblem | null {
  const expected = "a list of lines, each a list of module names";
  if (!Array.isArray(value)) return { path: [], message: "is not a list of lines", expected };
  if (value.length < 1 || value.length > MAX_LINES)
    return { path: [], message: `has ${value.length} lines`, expected: `1 to ${MAX_LINES} lines` };
  for (const [row, line] of value.entries()) {
    if (!Array.isArray(line)) return { path: [row], message: "is not a line", expected };
    for (const [column, place] of line.entries()) {
      const found = problemInPlace(place, names);
      if (found !== null) return { ...found, path: [row, column, ...found.path] };
    }
  }
  return null;
}

function problemInPlace(place: unknown, names: readonly string[]): LinesProblem | null {
  const expected = "the name of a module, or an object with module, priority and align";
  if (typeof place === "string") return unknownName([], place, names, "no module");
  if (!isRecord(place)) return { path: [], message: "is not a module", expected };
  const { module, priority, align, ...unknown } = place as Record<string, unknown>;
  const other = Object.keys(unknown)[0];
  if (other !== undefined)
    return unknownName([other], other, ["module", "priority", "align"], "unknown field");
  if (typeof module !== "string") return { path: [], message: "has no module", expected };
  const fits = Number.isInteger(priority) && (priority as number) >= 0 && (priority as number) <= 1000;
  if (priority !== undefined && !fits)
    return {
      path: ["priority"],
      message: `is ${JSON.stringify(priority)}`,
      expected: "a whole number from 0 to 1000",
    };
  return (
    unknownName(["module"], module, names, "no module") ??
    (align === undefined ? null : unknownName(["align"], String(align), ALIGNS, "no alignment"))
  );
}

function unknownName(
  path: string[],
  given: string,
  known: readonly string[],
  what: string,
): LinesProblem | null {
  if (known.includes(given)) return null;
  const expected = `one of ${known.join(", ")}`;
  return { path, message: `${what} ${JSON.stringify(given)}`, expected, name: { given, known } };
}

/** Lines without anything wrong in them, as a layout. */
export function layoutOf(
  lines: readonly (readonly (string | Partial<Place & { module: string }>)[])[],
): Layout {
  return lines.map((line) =>
    line.map((place): Place => {
      const { module = "", priority, align = "left" } = typeof place === "string" ? { module: place } : place;
      return { moduleId: module, priority: priority ?? priorityOf(module), align };
    }),
  );
}
