import { isCollection, isScalar, isSeq, parseDocument } from "yaml";
import { linesOf } from "./sections.ts";
import { EXACT, setIn } from "./steps.ts";
import { type Fields, flow, isFields, type Plain } from "./yaml-text.ts";

/** A value to set in fields, by the path of its keys. */
export interface Change {
  readonly path: readonly (string | number)[];
  readonly value: Plain;
}

/** What must be set in `before` so that it holds all of `after`. What only `before` has stays. */
export function changesBetween(
  before: unknown,
  after: Fields,
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
 * Sets values in fields: by lines where they stand as this program writes them, else by the YAML library.
 * @param text fields in block style, or the item of a list that they are
 * @param before what it says
 * @throws SyntaxError when the text does not parse
 */
export function edit(text: string, before: Fields, changes: readonly Change[]): string {
  return editLines(text, before, changes) ?? editNodes(text, changes);
}

/**
 * Sets values in fields that stand as this program writes them, a line for each. Spares the YAML library, which takes
 * some 10 ms for the text of a session.
 * @returns null where a key is new, or its line is written otherwise
 */
export function editLines(text: string, before: Fields, changes: readonly Change[]): string | null {
  const after = structuredClone(before) as Record<string, Plain>;
  for (const { path, value } of changes) setIn(after, path, value);
  const dash = /^(?: *- )?/.exec(text)?.[0] ?? "";
  const lines = linesOf(text);
  for (const name of new Set(changes.map(({ path }) => String(path[0])))) {
    // No scalar goes on at the column of the keys, see `sections.ts`: what is found there is the key.
    const key = (n: number) => `${n === 0 ? dash : " ".repeat(dash.length)}${name}: `;
    const [at, ...more] = [...lines.keys()].filter((n) => lines[n]?.startsWith(key(n)));
    if (at === undefined || more.length > 0) return null;
    if (lines[at] !== `${key(at)}${flow(before[name] ?? null)}\n`) return null;
    lines[at] = `${key(at)}${flow(after[name] ?? null)}\n`;
  }
  return lines.join("");
}

/**
 * Sets values in YAML text and leaves every other character as it is, as long as only scalars and
 * one-line collections are replaced.
 * Where keys are added or longer collections replaced, the text around them is laid out anew by the YAML library,
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
  for (const { path, value } of changes) document.setIn(path, parseDocument(flow(value)).contents);
  const indent = /^ */.exec(text)?.[0] ?? "";
  const laidOut = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  return indent === "" ? laidOut : laidOut.replace(/^(?=.)/gm, indent);
}

function isOneLine(text: string, range: readonly number[]): boolean {
  return !text.slice(range[0], range[1]).includes("\n");
}
