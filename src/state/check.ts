import { Value } from "@sinclair/typebox/value";
import { LineCounter, parseDocument } from "yaml";
import { StateDocument } from "./document.ts";
import { StateSyntaxError } from "./parse.ts";
import { AuthProfile, RuntimeState, SessionEntry } from "./schema.ts";
import { isFields } from "./yaml-text.ts";

/** Something wrong in `runtime-state.yaml`. Lines and columns count from 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  /** `sessions[3].context.tokensUsed`, or "" for the file. */
  readonly field: string;
  readonly message: string;
}

/** Checks the text of a state file, field by field; no problem gives an empty list. */
export function checkState(text: string): Problem[] {
  try {
    const { data } = new StateDocument(text);
    const complete = { ...data, authProfiles: data.authProfiles ?? [], sessions: data.sessions ?? [] };
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
export function isUsable(name: "authProfiles" | "sessions", item: unknown): boolean {
  return Value.Check(name === "authProfiles" ? AuthProfile : SessionEntry, item);
}

function located(
  text: string,
  errors: readonly { path: string; message: string; value: unknown }[],
): Problem[] {
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

/** Finds where the value at a path stands, or the nearest value around it. */
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

/** What Bun's parser lets pass and the library does not, such as a key that is there twice. */
function syntax(text: string): Problem[] {
  return parseDocument(text).errors.map(({ linePos, message }) => {
    const [place] = linePos ?? [{ line: 1, col: 1 }];
    return { line: place.line, column: place.col, field: "", message: message.split("\n")[0] ?? "not YAML" };
  });
}

type Data = { readonly [name: string]: unknown };

const itemsOf = (data: Data, name: string): unknown[] =>
  Array.isArray(data[name]) ? (data[name] as unknown[]) : [];

function duplicates(data: Data, text: string): Problem[] {
  return [["authProfiles", "profileId"] as const, ["sessions", "sessionId"] as const].flatMap(
    ([name, id]) => {
      const ids = itemsOf(data, name).map((item) => (isFields(item) ? item[id] : undefined));
      return ids.flatMap((each, n) => {
        if (each === undefined || ids.indexOf(each) === n) return [];
        const keys = [name, String(n), id];
        return [
          {
            ...placesIn(text)(keys),
            field: fieldName(keys),
            message: `${each} is there twice; the first counts`,
          },
        ];
      });
    },
  );
}

function unlinked(data: Data, text: string): Problem[] {
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
