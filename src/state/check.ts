import { Value } from "@sinclair/typebox/value";
import { type Document, isPair, isScalar, isSeq, LineCounter, parseDocument, type Scalar, visit } from "yaml";
import { StateDocument } from "./document.ts";
import { LIST_NAMES, LISTS, type ListName } from "./lists.ts";
import { StateSyntaxError } from "./parse.ts";
import { RuntimeState } from "./schema.ts";
import { isFields } from "./yaml-text.ts";

/** Something wrong in `runtime-state.yaml`. Lines and columns count from 1. */
export interface StateProblem {
  readonly line: number;
  readonly column: number;
  /** `sessions[3].context.tokensUsed`, or "" for the file. */
  readonly field: string;
  readonly message: string;
}

/** Checks the text of a state file, field by field; no problem gives an empty list. */
export function checkState(text: string): StateProblem[] {
  try {
    const { data } = new StateDocument(text);
    const endings = lineEnds(text);
    if (endings.length > 0) return endings;
    const complete = {
      ...data,
      authProfiles: data.authProfiles ?? [],
      sessions: data.sessions ?? [],
      metadata: data.metadata ?? undefined,
    };
    const errors = [...Value.Errors(RuntimeState, complete)];
    const outermost = errors.filter(({ path }) => !errors.some((other) => other.path.startsWith(`${path}/`)));
    const found = outermost.length === 0 ? [] : located(text, outermost);
    return [...found, ...syntax(text), ...duplicates(complete, text), ...unlinked(complete, text)];
  } catch (error) {
    if (!(error instanceof StateSyntaxError)) throw error;
    return [{ line: error.line, column: error.column, field: "", message: error.message }];
  }
}

/** Whether a profile or session has the right types; others are left as they are, and not used. */
export function isUsable(name: ListName, item: unknown): boolean {
  return Value.Check(LISTS[name].item, item);
}

function located(
  text: string,
  errors: readonly { path: string; message: string; value: unknown }[],
): StateProblem[] {
  const at = placesIn(text);
  return errors.map(({ path, message, value }) => {
    const keys = path.split("/").slice(1);
    return {
      ...at(keys),
      field: fieldName(keys),
      message: `${message}, not ${JSON.stringify(value) ?? "missing"}`,
    };
  });
}

/** Finds the place of the value at a path, or of the nearest value around it. */
function placesIn(text: string): (keys: readonly string[]) => { line: number; column: number } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  return (keys) => {
    for (let length = keys.length; length > 0; length--) {
      const path = keys.slice(0, length).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
      if (node?.range) {
        const { line, col } = lineCounter.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return { line: 1, column: 1 };
  };
}

/** Lines that end with CR alone are lines to YAML only: where they end is ambiguous. */
function lineEnds(text: string): StateProblem[] {
  const lines = text.split(/\r\n|\r|\n/);
  const at = text.search(/\r(?!\n)/);
  if (at < 0) return [];
  const line = text.slice(0, at).split(/\r\n|\n/).length;
  const field = /[\w-]+(?=["']?[ \t]*:)/.exec(lines[line - 1] ?? "")?.[0] ?? "";
  const message =
    "the line ends with CR alone, so nothing can be written here; save the file with LF line endings";
  return [{ line, column: 1, field, message }];
}

/** What Bun's parser lets pass and the library does not, such as a key that is there twice. */
function syntax(text: string): StateProblem[] {
  const document = parseDocument(text);
  return document.errors.map(({ code, pos, linePos, message }) => {
    const [place] = linePos ?? [{ line: 1, col: 1 }];
    const twice = "is there twice, and its entry cannot always be updated; remove one of them";
    return {
      line: place.line,
      column: place.col,
      field: fieldName(keysAt(document, pos[0])),
      message: code === "DUPLICATE_KEY" ? twice : (message.split(/ at line|\n/)[0] ?? "not YAML"),
    };
  });
}

/** The keys on the way to the one at `offset`. */
function keysAt(document: Document.Parsed, offset: number): string[] {
  let keys: string[] = [];
  visit(document, {
    Pair(_, pair, path) {
      if (!isScalar(pair.key) || pair.key.range?.[0] !== offset) return;
      const steps = [...path, pair].flatMap((node, n, all): string[] => {
        const parent = all[n - 1];
        if (isSeq(parent)) return [String(parent.items.indexOf(node))];
        return isPair(node) ? [String((node.key as Scalar).value)] : [];
      });
      keys = steps;
      return visit.BREAK;
    },
  });
  return keys;
}

type Data = { readonly [name: string]: unknown };

const itemsOf = (data: Data, name: string): unknown[] =>
  Array.isArray(data[name]) ? (data[name] as unknown[]) : [];

function duplicates(data: Data, text: string): StateProblem[] {
  return LIST_NAMES.flatMap((name) => {
    const { id } = LISTS[name];
    const ids = itemsOf(data, name).map((item) => (isFields(item) ? item[id] : undefined));
    return ids.flatMap((each, n) => {
      if (each === undefined || ids.indexOf(each) === n) return [];
      const keys = [name, String(n), id];
      const message = `${each} is there twice; the first is used`;
      return [{ ...placesIn(text)(keys), field: fieldName(keys), message }];
    });
  });
}

function unlinked(data: Data, text: string): StateProblem[] {
  const profiles = new Set(itemsOf(data, "authProfiles").map((item) => isFields(item) && item.profileId));
  return itemsOf(data, "sessions").flatMap((item, n) => {
    if (!isFields(item) || typeof item.authProfile !== "string" || profiles.has(item.authProfile)) return [];
    const keys = ["sessions", String(n), "authProfile"];
    return [
      { ...placesIn(text)(keys), field: fieldName(keys), message: `there is no profile ${item.authProfile}` },
    ];
  });
}

function fieldName(keys: readonly string[]): string {
  return keys.map((key, n) => (/^\d+$/.test(key) ? `[${key}]` : n === 0 ? key : `.${key}`)).join("");
}
