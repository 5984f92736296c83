import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { applyEdits, type FormattingOptions, modify, type ParseError, parseTree } from "jsonc-parser";
import { writeAtomic } from "../lib/atomic.ts";
import { hasCode, messageOf, UserError } from "../lib/errors.ts";
import { readOrNull } from "../lib/read.ts";
import { accept, type Field, rawOf } from "./fields.ts";
import { positionOf } from "./file.ts";
import { insertPastComment } from "./insert.ts";
import { nearest } from "./problem.ts";

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
    "`statusline config` lists all",
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
 * @throws UserError when the file cannot be read as JSON with comments, or not be written: it is left as it is
 */
export function editFile(
  path: string,
  changes: readonly { path: readonly string[]; value: unknown }[],
): void {
  const content = orTell(`${path} cannot be read`, () => contentOf(path));
  const mark = content.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const before = content.slice(mark.length);
  refuseBroken(before, path);
  const formattingOptions = formatOf(before);
  let text = before.trim() === "" ? "{}\n" : before;
  for (const { path: field, value } of changes) {
    const inserted = value === undefined ? null : insertPastComment(text, field, value, formattingOptions);
    text = inserted ?? applyEdits(text, modify(text, [...field], value, { formattingOptions }));
  }
  if (text !== before) writeFollowing(path, mark + text);
}

/** Writes a file whole; a link is followed. @throws UserError when that cannot be done */
export function writeFollowing(path: string, text: string): void {
  orTell(`${path} cannot be written`, () => writeAtomic(realPath(path), text));
}

const BYTE_ORDER_MARK = "\ufeff";

/** The file's text, "" when there is none. Reading a pipe or a device could wait for ever. */
function contentOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isFile()) throw new Error("it is no file");
  return stat === undefined ? "" : (readOrNull(path) ?? "");
}

function orTell<Result>(problem: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new UserError(1, `${problem}: ${messageOf(error)}`);
  }
}

function refuseBroken(text: string, path: string): void {
  if (text.trim() === "") return;
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const offset = errors[0]?.offset ?? (root?.type === "object" ? null : (root?.offset ?? 0));
  if (offset === null) return;
  const { line, column } = positionOf(text, offset);
  throw new UserError(
    1,
    `${path}:${line}:${column}: this is no JSON object`,
    "mend it there; nothing was written",
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

/** Where a path leads to, also when there is nothing yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT", "ENOTDIR")) throw error;
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    return isLink ? realPath(resolve(dirname(path), readlinkSync(path))) : path;
  }
}
