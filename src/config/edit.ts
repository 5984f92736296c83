import {
  applyEdits,
  type FormattingOptions,
  findNodeAtLocation,
  modify,
  type ParseError,
  parseTree,
} from "jsonc-parser";
import { writeAtomic } from "../lib/atomic.ts";
import { linkTarget } from "../lib/links.ts";
import { readOrNull } from "../lib/read.ts";
import { UserError } from "../lib/user-error.ts";
import { insertBesideComment } from "./beside-comment.ts";
import { accept, type Field, rawOf } from "./fields.ts";
import { positionOf } from "./file.ts";
import { insertPastComment } from "./insert.ts";
import { nearest } from "./problem.ts";
import { withoutOption } from "./remove.ts";

/** The option of that name. @throws UserError when there is none */
export function fieldNamed(key: string, fields: readonly Field[]): Field {
  const field = fields.find((each) => each.key === key);
  if (field !== undefined) return field;
  const keys = fields.map((each) => each.key);
  const last = keys.filter((each) => each.endsWith(`.${key}`));
  const like = last.length === 1 ? (last[0] ?? null) : nearest(key, keys);
  throw new UserError(
    2,
    `no option ${JSON.stringify(key)}${like === null ? "" : `; did you mean ${JSON.stringify(like)}?`}`,
    "`statusline config` lists all options.",
  );
}

/** The value that a person has typed for an option, as it is put into a file. @throws UserError when it does not fit */
export function typedValue(field: Field, text: string): unknown {
  const raw = rawOf(field, text);
  const result = accept(field, raw);
  if ("value" in result) return raw;
  const { message, expected, name } = result.fault;
  const like = name === undefined ? null : nearest(name.given, name.known);
  throw new UserError(
    1,
    `${field.key} ${message}; expected ${expected}`,
    like === null ? "" : `did you mean ${JSON.stringify(like)}?`,
  );
}

/**
 * Sets options in a configuration file, or takes them out where the value is `undefined`. Comments, order and
 * everything else stay as they are; a link is followed; a file that is not there is made.
 * @throws UserError when the file cannot be read as JSON with comments: it is left as it is
 * @throws system errors
 */
export function editFile(
  path: string,
  changes: readonly { path: readonly string[]; value: unknown }[],
): void {
  const [mark = "", content = ""] = /^(\ufeff?)([\s\S]*)$/.exec(readOrNull(path) ?? "")?.slice(1) ?? [];
  const before = content.trim() === "" ? "{}\n" : content;
  let text = before;
  refuseBroken(text, [], path);
  for (const { path: field, value } of changes) {
    if (value !== undefined) refuseBroken(text, field, path);
    text = value === undefined ? withoutOption(text, field) : withOption(text, field, value);
  }
  if (text !== before) writeFollowing(path, mark + text);
}

/** Writes a file whole; a link is followed. @throws system errors */
export function writeFollowing(path: string, text: string): void {
  writeAtomic(linkTarget(path), text);
}

function withOption(text: string, field: readonly string[], value: unknown): string {
  const formattingOptions = formatOf(text);
  return (
    insertBesideComment(text, field, value, formattingOptions) ??
    insertPastComment(text, field, value, formattingOptions) ??
    applyEdits(text, modify(text, [...field], value, { formattingOptions }))
  );
}

/** @throws UserError for what is no JSON, and for something else than an object where the field is to be in one */
function refuseBroken(text: string, field: readonly string[], path: string): void {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const parts = field.slice(0, -1).map((_, n) => root && findNodeAtLocation(root, field.slice(0, n + 1)));
  const other = [root, ...parts].find((node) => node !== undefined && node.type !== "object");
  const offset = errors[0]?.offset ?? (root === undefined ? 0 : (other?.offset ?? null));
  if (offset === null) return;
  const { line, column } = positionOf(text, offset);
  throw new UserError(
    1,
    `${path}:${line}:${column}: this is not a JSON object`,
    "Fix it there; nothing was written.",
  );
}

/** The indentation that the file has. */
function formatOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  return {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
