import { type FormattingOptions, findNodeAtLocation, type Node, parseTree } from "jsonc-parser";

/**
 * Puts an option that is not there yet after the last one of its object, where that one has a comment behind it on
 * its line: `modify` of jsonc-parser would put it between the two. Null where there is no such comment.
 */
export function insertPastComment(
  text: string,
  path: readonly string[],
  value: unknown,
  format: FormattingOptions,
): string | null {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined || findNodeAtLocation(root, [...path]) !== undefined) return null;
  let depth = path.length - 1;
  let object: Node | undefined = root;
  for (; depth > 0; depth--) {
    object = findNodeAtLocation(root, path.slice(0, depth));
    if (object !== undefined) break;
    object = root;
  }
  const last = object.type === "object" ? object.children?.at(-1) : undefined;
  if (last === undefined) return null;
  const end = last.offset + last.length;
  const behind = /^([ \t]*,)?[ \t]*(\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)[ \t]*(?=\r?\n)/.exec(text.slice(end));
  if (behind === null) return null;
  const comma = behind[1] === undefined ? "" : ",";
  const comment = behind[0].slice(comma === "" ? 0 : behind[1]?.length);
  const option = `${indentOf(text, last.offset)}${written(path.slice(depth), value, text, last.offset, format)}`;
  return `${text.slice(0, end)},${comment}${format.eol}${option}${comma}${text.slice(end + behind[0].length)}`;
}

function indentOf(text: string, offset: number): string {
  return /[ \t]*$/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset))?.[0] ?? "";
}

/** `"name": value`, with what a path of several names has around it. */
function written(
  path: readonly string[],
  value: unknown,
  text: string,
  offset: number,
  format: FormattingOptions,
) {
  const [name, ...rest] = path;
  const nested = rest.reduceRight<unknown>((inner, each) => ({ [each]: inner }), value);
  const unit = format.insertSpaces ? " ".repeat(format.tabSize ?? 2) : "\t";
  const json = JSON.stringify(nested, null, unit).replaceAll("\n", `${format.eol}${indentOf(text, offset)}`);
  return `${JSON.stringify(name)}: ${json}`;
}
