import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Fault, Field } from "./fields.ts";
import { type Layer, LayerBuilder } from "./layer.ts";
import type { Origin } from "./problem.ts";

/**
 * Reads a configuration file: JSON with comments and trailing commas. What cannot be used is a problem with its
 * place; the rest counts.
 */
export function readFileLayer(
  text: string,
  source: string,
  layer: "config" | "user" | "project",
  fields: readonly Field[],
): Layer {
  const found = new LayerBuilder();
  const body = text.replace(/^\ufeff/, "");
  const at = (offset: number): Origin => ({ layer, source, ...positionOf(body, offset) });
  const errors: ParseError[] = [];
  const root = parseTree(body, errors, { allowTrailingComma: true, allowEmptyContent: true });
  for (const { error, offset } of errors.slice(0, 1)) {
    const message = `cannot be read here: ${words(printParseErrorCode(error))}`;
    found.refuse(at(offset), "", { message, expected: "" });
  }
  if (root !== undefined && root.type !== "object")
    found.refuse(at(root.offset), "", { message: "is not a JSON object", expected: "{ … }" });
  if (root?.type === "object") walk(root, [], { found, at, fields, layer });
  return found;
}

interface Walk {
  readonly found: LayerBuilder;
  readonly at: (offset: number) => Origin;
  readonly fields: readonly Field[];
  readonly layer: Origin["layer"];
}

function walk(object: Node, path: readonly string[], context: Walk): void {
  const { found, at, fields, layer } = context;
  const seen = new Set<string>();
  for (const { children: [name, value] = [] } of object.children ?? []) {
    if (name === undefined || value === undefined) continue; // Half-written; the parser has reported it.
    const below = [...path, String(name.value)];
    const key = below.join(".");
    if (key === "$schema") continue;
    if (seen.has(key)) found.refuse(at(name.offset), key, { message: "is set twice", expected: "" });
    seen.add(key);
    const field = fields.find((each) => each.key === key);
    if (field === undefined) section(name, value, below, context);
    else if (layer === "project" && !field.projectMaySet)
      found.refuse(at(name.offset), key, {
        message: "cannot be set by a project",
        expected: "it in your own file",
      });
    else found.offer(field, getNodeValue(value), (inner) => at(nodeAt(value, inner).offset));
  }
}

/** A name that is no option: a part of the configuration, or nothing that is known. */
function section(name: Node, value: Node, path: readonly string[], context: Walk): void {
  const { found, at, fields } = context;
  const key = path.join(".");
  const isSection = fields.some((field) => field.key.startsWith(`${key}.`));
  if (isSection) {
    if (value.type === "object") walk(value, path, context);
    else found.refuse(at(value.offset), key, { message: "is not a JSON object", expected: "{ … }" });
    return;
  }
  const siblings = fields.filter((field) => path.slice(0, -1).every((part, n) => field.path[n] === part));
  const known = [...new Set(siblings.map((field) => field.path[path.length - 1] ?? ""))];
  const what = path.length === 2 && path[0] === "modules" ? "is not a module" : "is not known";
  const hint = { given: String(name.value), known };
  found.refuse(at(name.offset), key, {
    message: what,
    expected: known.length > 12 ? "" : known.join(", "),
    name: hint,
  });
}

/** The part of a value that a path leads to, or the nearest above it. */
function nodeAt(value: Node, path: Fault["path"]): Node {
  let node = value;
  for (const step of path) {
    const next =
      typeof step === "number"
        ? node.children?.[step]
        : node.children?.find((property) => property.children?.[0]?.value === step)?.children?.[1];
    if (next === undefined) break;
    node = next;
  }
  return node;
}

/** Line and column of an offset, both from 1 on; a tab is one column. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** `CommaExpected` → `comma expected`. */
export const words = (code: string) => code.replace(/(?<=.)([A-Z])/g, " $1").toLowerCase();
