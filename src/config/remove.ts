import { createScanner, findNodeAtLocation, type Node, parseTree } from "jsonc-parser";

/**
 * The text without an option and its comma, and without their lines where nothing else is on them. All
 * comments stay: `modify` of jsonc-parser takes those beside the option away, and leaves a trailing comma alone.
 */
export function withoutOption(text: string, path: readonly string[]): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const property = root && findNodeAtLocation(root, [...path])?.parent;
  if (property === undefined) return text;
  const siblings = property.parent?.children ?? [];
  const before = siblings[siblings.indexOf(property) - 1];
  const comma = commaBehind(text, property) ?? (before === undefined ? null : commaBehind(text, before));
  const pieces = [[property.offset, endOf(property)], ...(comma === null ? [] : [[comma, comma + 1]])];
  // From the back, so that the places of those before hold.
  const rest = pieces
    .sort(([a = 0], [b = 0]) => b - a)
    .reduce((left, [from = 0, to = 0]) => without(left, from, to), text);
  return withoutOption(rest, path); // It may be there twice.
}

const endOf = ({ offset, length }: Node) => offset + length;

/** The place of the comma behind a property, if there is one. */
function commaBehind(text: string, property: Node): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(endOf(property));
  scanner.scan();
  return text[scanner.getTokenOffset()] === "," ? scanner.getTokenOffset() : null;
}

function without(text: string, from: number, to: number): string {
  const [head, tail] = [text.slice(0, from), text.slice(to)];
  const line = /(^|[\r\n])[ \t]*$/.test(head) ? /^[ \t]*(\r\n|\r|\n)/.exec(tail) : null;
  if (line !== null) return head.replace(/[ \t]+$/, "") + tail.slice(line[0].length);
  return /[ \t]$/.test(head) ? head + tail.replace(/^[ \t]+/, "") : head + tail;
}
