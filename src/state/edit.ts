import { isCollection, isScalar, isSeq, parseDocument } from "yaml";
import { type Lines, linesOf } from "./sections.ts";
import { EXACT, quoted, setIn } from "./steps.ts";
import { blockField, flow, isFields, type Plain, type YamlFields } from "./yaml-text.ts";

/** A value to set in fields, by the path of its keys. */
export interface Change {
  readonly path: readonly (string | number)[];
  readonly value: Plain;
}

/** What must be set in `before` so that it holds all of `after`. What only `before` has stays. */
export function changesBetween(
  before: unknown,
  after: YamlFields,
  path: readonly (string | number)[] = [],
): Change[] {
  const old = isFields(before) ? before : {};
  return Object.entries(after).flatMap(([name, value]): Change[] => {
    const here = [...path, name];
    if (isFields(value) && isFields(old[name])) return changesBetween(old[name], value, here);
    return Bun.deepEquals(old[name], value) ? [] : [{ path: here, value }];
  });
}

/**
 * Sets values in fields: by lines where they are as this program writes them, else by the YAML library.
 * @param text fields in block style, or the item of a list that they are
 * @param before what it says
 * @throws SyntaxError when the text does not parse
 */
export function edit(text: string, before: YamlFields, changes: readonly Change[]): string {
  return editLines(text, before, changes) ?? editNodes(text, changes);
}

/**
 * Sets values in fields that are as this program writes them: a field's lines are exactly those that it writes for the
 * value before, or hold fields of which that is true. Spares the YAML library, which takes some 10 ms for a session.
 * @returns null where a line that has to change is written otherwise
 */
export function editLines(text: string, before: YamlFields, changes: readonly Change[]): string | null {
  const dash = /^(?: *- )?/.exec(text)?.[0] ?? "";
  const lines = linesOf(text);
  if (lines.at(-1)?.endsWith("\n") === false) return null;
  // No scalar goes on at the column of the keys, see `sections.ts`: what is found there is the key.
  if (dash !== "") lines[0] = " ".repeat(dash.length) + (lines[0] ?? "").slice(dash.length);
  const edited = editFields(lines, " ".repeat(dash.length), before, changes);
  return edited && dash + edited.join("").slice(dash.length);
}

/** @param lines all lines of these fields @param indent columns before their keys */
function editFields(
  lines: Lines,
  indent: string,
  before: YamlFields,
  changes: readonly Change[],
): Lines | null {
  const after = structuredClone(before) as Record<string, Plain>;
  for (const { path, value } of changes) setIn(after, path, value);
  let edited = lines;
  for (const name of new Set(changes.map(({ path }) => String(path[0])))) {
    const own = changes.filter(({ path }) => String(path[0]) === name);
    const result = editField(edited, { name, indent, before, after: after[name] ?? null, changes: own });
    if (result === null) return null;
    edited = result;
  }
  return edited;
}

interface FieldEdit {
  readonly name: string;
  readonly indent: string;
  /** The fields that it is one of. */
  readonly before: YamlFields;
  readonly after: Plain;
  readonly changes: readonly Change[];
}

function editField(lines: Lines, { name, indent, before, after, changes }: FieldEdit): Lines | null {
  if (!(name in before)) return [...lines, ...linesOf(blockField(name, after, indent))];
  const was = before[name] ?? null;
  const key = `${indent}${name}:`;
  const [at, ...more] = [...lines.keys()].filter((n) => lines[n]?.startsWith(key));
  if (at === undefined || more.length > 0) return null;
  const end = endOf(lines, at, indent.length);
  const replaced = (text: string) => [...lines.slice(0, at), ...linesOf(text), ...lines.slice(end)];
  const text = lines.slice(at, end).join("");
  if (text === blockField(name, was, indent)) return replaced(blockField(name, after, indent));
  // One line by a person's choice, or an older version's.
  if (text === `${key} ${flow(was)}\n`) return replaced(`${key} ${flow(after)}\n`);
  const inner = /^ */.exec(lines[at + 1] ?? "")?.[0] ?? "";
  if (!isFields(was) || inner.length <= indent.length || !/:[ \t]*(#.*)?\r?\n$/.test(lines[at] ?? ""))
    return null;
  const nested = changes.flatMap(({ path, value }) =>
    path.length > 1 ? [{ path: path.slice(1), value }] : [],
  );
  if (nested.length < changes.length) return null;
  const edited = editFields(lines.slice(at + 1, end), inner, was, nested);
  return edited && [...lines.slice(0, at + 1), ...edited, ...lines.slice(end)];
}

/** The text of a list's item without a field that has lines of its own and is not the first; null where it has none. */
export function withoutField(text: string, name: string): string | null {
  const lines = linesOf(text);
  const column = /^ *- */.exec(text)?.[0].length ?? 0;
  const key = `${" ".repeat(column)}${name}:`;
  const [at, ...more] = [...lines.keys()].filter((n) => lines[n]?.startsWith(key));
  if (at === undefined || more.length > 0) return null;
  return lines.toSpliced(at, endOf(lines, at, column) - at).join("");
}

/** The line after the last that belongs to the key on line `at`: those are deeper than the key. */
function endOf(lines: Lines, at: number, column: number): number {
  let end = at + 1;
  for (let n = end; n < lines.length; n++) {
    const line = lines[n] ?? "";
    if (line.trim() === "") continue;
    if ((/^ */.exec(line)?.[0].length ?? 0) <= column) break;
    end = n + 1;
  }
  return end;
}

/**
 * Sets values in YAML text and leaves every other character as it is, as long as only scalars and
 * one-line collections are replaced.
 * Where keys are added or longer collections replaced, the text around them is laid out again by the YAML library,
 * which keeps comments and order.
 * @throws SyntaxError when the text does not parse
 */
export function editNodes(text: string, changes: readonly Change[]): string {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new SyntaxError(error.message);
  const structural: Change[] = [];
  const replacements: { from: number; to: number; text: string }[] = [];
  const item = isSeq(document.contents) ? [0] : [];
  for (const { path, value } of changes) {
    const change = { path: [...item, ...path], value };
    const node = document.getIn(change.path, true);
    const replaceable = isScalar(node) || (isCollection(node) && node.flow === true);
    if (replaceable && node.range && !node.anchor && !node.tag && isOneLine(text, node.range)) {
      replacements.push({ from: node.range[0], to: node.range[1], text: flow(value) });
    } else structural.push(change);
  }
  let result = text;
  for (const { from, to, text: value } of replacements.sort((a, b) => b.from - a.from)) {
    const [before, after] = [result.slice(0, from), result.slice(to)];
    // An empty value ("key:") has no character of its own: colon and comment need a space on its either side.
    result = before + (before.endsWith(":") ? " " : "") + value + (after.startsWith("#") ? " " : "") + after;
  }
  return structural.length === 0 ? result : editStructure(result, structural);
}

function editStructure(text: string, changes: readonly Change[]): string {
  const document = parseDocument(text, EXACT);
  const [error] = document.errors;
  if (error !== undefined) throw new SyntaxError(error.message);
  for (const { path, value } of changes) document.setIn(path, quoted(document.createNode(value)));
  const indent = /^ */.exec(text)?.[0] ?? "";
  const laidOut = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  // Not `^` with the flag m: that matches behind U+2028 too, which is a sign like others in YAML.
  return indent === "" ? laidOut : laidOut.replace(/(^|\n)(?=[^\n])/g, `$1${indent}`);
}

function isOneLine(text: string, range: readonly number[]): boolean {
  return !text.slice(range[0], range[1]).includes("\n");
}
