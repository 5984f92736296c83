import { parseDocument } from "yaml";
import { messageOf } from "../lib/errors.ts";
import { LIST_NAMES } from "./lists.ts";
import { findSection, linesOf } from "./sections.ts";
import { isFields, type Plain } from "./yaml-text.ts";

/** Text that cannot be used as a state file, with the place where it goes wrong. */
export class StateSyntaxError extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
    this.name = "StateSyntaxError";
  }
}

/**
 * What a state file says, as plain data. Bun's own parser reads it ten times as fast as the library, which is
 * asked where something is wrong.
 * @throws StateSyntaxError when `text` is no YAML, or not fields at the top, or its lists are no lists
 */
export function readData(text: string): Record<string, Plain> {
  refuseDeep(text);
  const data = attempt(() => Bun.YAML.parse(text)) ?? parsedByLibrary(text);
  const empty = data === null && text.split("\n").every((line) => /^\s*(#.*|---\s*)?$/.test(line));
  if (empty) return {};
  if (!isFields(data)) throw new StateSyntaxError("the top of the file should have fields", 1, 1);
  for (const name of LIST_NAMES) {
    const list = data[name];
    if (list === undefined || list === null || Array.isArray(list)) continue;
    const line = findSection(linesOf(text), name)?.start ?? 0;
    throw new StateSyntaxError(`${name} must be a list`, line + 1, 1);
  }
  return data as Record<string, Plain>;
}

/** Levels of lists and fields in brackets; the file's own have three. */
const DEEPEST = 100;

/** The library takes seconds for thousands of levels, and then runs out of stack. @throws StateSyntaxError */
function refuseDeep(text: string): void {
  let depth = 0;
  for (let n = 0; n < text.length; n++) {
    const sign = text[n];
    if (sign === "[" || sign === "{") depth++;
    else if ((sign === "]" || sign === "}") && depth > 0) depth--;
    if (depth <= DEEPEST) continue;
    const before = text.slice(0, n).split("\n");
    throw new StateSyntaxError(
      `more than ${DEEPEST} levels of brackets`,
      before.length,
      (before.at(-1) ?? "").length + 1,
    );
  }
}

function parsedByLibrary(text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error === undefined) {
    try {
      return document.toJS();
    } catch (unresolved) {
      throw new StateSyntaxError(messageOf(unresolved), 1, 1); // An alias without its anchor.
    }
  }
  const [place] = error.linePos ?? [{ line: 1, col: 1 }];
  throw new StateSyntaxError(error.message.split("\n")[0] ?? "not YAML", place.line, place.col);
}

/** The result of `work`, or null when it throws. */
export function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}
