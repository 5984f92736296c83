import { isCollection, isScalar, parseDocument } from "yaml";
import { type Fields, flow, isFields, type Plain } from "./yaml-text.ts";

/** A value to set, by the path of its keys. */
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
 * Sets values in YAML text and leaves every other character as it is, as long as only scalars and
 * one-line collections are replaced.
 * Where keys are added or longer collections replaced, the text around them is laid out anew by the YAML library,
 * which keeps comments and order.
 * @throws SyntaxError when the text does not parse
 */
export function edit(text: string, changes: readonly Change[]): string {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new SyntaxError(error.message);
  const structural: Change[] = [];
  const replacements: { from: number; to: number; text: string }[] = [];
  for (const change of changes) {
    const node = document.getIn(change.path, true);
    const replaceable = isScalar(node) || (isCollection(node) && node.flow === true);
    if (replaceable && node.range && !node.anchor && !node.tag && isOneLine(text, node.range)) {
      replacements.push({ from: node.range[0], to: node.range[1], text: flow(change.value) });
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
  const document = parseDocument(text);
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
