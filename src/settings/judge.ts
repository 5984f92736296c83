import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { positionOf, words } from "../config/file.ts";
import { messageOf } from "../lib/errors.ts";
import { isRecord } from "../lib/fields.ts";
import { UserError } from "../lib/user-error.ts";
import { objectAt } from "./members.ts";

/** The name of the status line in Claude Code's settings. */
export const STATUS_LINE = "statusLine";

const FIX = "Fix it there; nothing was written.";

/**
 * Takes settings for what they are: Claude Code reads strict JSON, without comments.
 * @returns the text of the file without its byte order mark; of an empty one it is blank
 * @throws UserError with line and column when it is no JSON object, or names the status line twice
 */
export function judged(bytes: Uint8Array, path: string): string {
  const text = decoded(bytes, path);
  if (text.trim() === "") return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refusal(path, text, ...faultOf(text, error));
  }
  if (!isRecord(value)) throw refusal(path, text, /\S/.exec(text)?.index ?? 0, "this is not a JSON object");
  const [, second] = objectAt(text, 0).members.filter(({ name }) => name === STATUS_LINE);
  if (second !== undefined)
    throw refusal(path, text, second.at, `${JSON.stringify(STATUS_LINE)} is set twice`);
  return text;
}

function decoded(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder().decode(bytes);
    throw refusal(path, text, Math.max(0, text.indexOf("\ufffd")), "this is not UTF-8 text");
  }
}

/** Where it cannot be read as JSON, and why. */
function faultOf(text: string, thrown: unknown): [offset: number, message: string] {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch {
    // Nested too deep for this parser, which goes deeper with each bracket.
  }
  const [first] = errors;
  if (first === undefined) return [0, `this is not JSON: ${messageOf(thrown)}`];
  const code = printParseErrorCode(first.error);
  const what = code === "InvalidCommentToken" ? "comments are not allowed" : words(code);
  return [first.offset, `this is not JSON: ${what}`];
}

function refusal(path: string, text: string, offset: number, message: string): UserError {
  const { line, column } = positionOf(text, offset);
  return new UserError(1, `${path}:${line}:${column}: ${message}`, FIX);
}
