import { distance } from "fastest-levenshtein";
import { printable } from "../lib/text.ts";

/** Where a value of the configuration comes from. */
export interface Origin {
  readonly layer: "default" | "layout" | "config" | "user" | "project" | "environment" | "flag";
  /** A file's path, the name of a variable, a flag, a layout; "" for the defaults. */
  readonly source: string;
  /** From 1 on, for files. */
  readonly line?: number;
  readonly column?: number;
}

/** Something in the configuration that cannot be used. */
export interface ConfigProblem {
  readonly origin: Origin;
  /** The option's name, "" for a whole file. */
  readonly field: string;
  readonly message: string;
  readonly expected: string;
  /** The known name that is most like the one given. */
  readonly nearest: string | null;
}

/** A problem in one line: `FILE:LINE:COLUMN: FIELD MESSAGE; expected …; did you mean …?` */
export function problemText({ origin, field, message, expected, nearest }: ConfigProblem): string {
  const hint = nearest === null ? "" : `; did you mean ${JSON.stringify(nearest)}?`;
  const wanted = expected === "" ? "" : `; expected ${expected}`;
  return printable(`${placeOf(origin)}: ${field === "" ? "" : `${field} `}${message}${wanted}${hint}`);
}

/** Where a value is, for people. */
export function placeOf({ layer, source, line, column }: Origin): string {
  return printable(source === "" ? layer : line === undefined ? source : `${source}:${line}:${column}`);
}

/** The known name that is most like `given`, if one is like it at all. */
export function nearest(given: string, known: readonly string[]): string | null {
  const lower = given.toLowerCase();
  const scored = known.map((name) => ({ name, far: distance(lower, name.toLowerCase()) }));
  const best = scored.sort((a, b) => a.far - b.far)[0];
  return best !== undefined && best.far <= Math.max(2, given.length / 3) ? best.name : null;
}
