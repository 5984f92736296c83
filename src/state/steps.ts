import { isScalar, type Node, parseDocument, Scalar, visit } from "yaml";
import { type Plain, scalar } from "./yaml-text.ts";

/** A value that is set in a state file, by the path of its keys and places in lists. */
export interface Step {
  readonly path: readonly (string | number)[];
  /** undefined takes the item out. */
  readonly value: Plain | undefined;
}

/** Numbers of more digits than a double holds keep them all. */
export const EXACT = { intAsBigInt: true } as const;

/** Sets a value in plain data; what is missing on the way to it is made. */
export function setIn(
  target: Record<string, Plain> | Plain[],
  path: readonly (string | number)[],
  value: Plain,
): void {
  const [name, ...rest] = path;
  const container = target as Record<string | number, Plain>;
  if (name === undefined) return;
  if (rest.length === 0) {
    container[name] = structuredClone(value);
    return;
  }
  if (typeof container[name] !== "object" || container[name] === null) {
    container[name] = typeof rest[0] === "number" ? [] : {};
  }
  setIn(container[name] as Record<string, Plain>, rest, value);
}

/**
 * The text after these steps. For layouts that cannot be edited by lines: lists in one line, anchors. Comments and
 * order stay.
 * @throws Error when `text` does not parse, or has something else on the way to a value
 */
export function rewritten(text: string, steps: readonly Step[]): string {
  const document = parseDocument(text, EXACT);
  for (const { path, value } of steps) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, withComment(quoted(document.createNode(value)), document.getIn(path, true)));
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** What not every YAML reader takes the same way is quoted; see `yaml-text.ts`. */
export function quoted(node: Node): Node {
  visit(node, {
    Scalar(_, each) {
      if (typeof each.value === "string" && scalar(each.value) !== each.value)
        each.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return node;
}

/** A value set where there was none takes over the comment there. */
function withComment(node: Node, before: unknown): Node {
  if (isScalar(before) && before.value === null && before.comment) node.commentBefore = before.comment;
  return node;
}
