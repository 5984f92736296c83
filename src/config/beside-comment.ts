import { type FormattingOptions, findNodeAtLocation, parseTree } from "jsonc-parser";

/**
 * Puts an option that is not there yet below the comment that `config init` wrote for it, `// "name": default,`. That
 * comment stays, so that taking the option out again restores the file. Null where there is no such comment.
 */
export function insertBesideComment(
  text: string,
  path: readonly string[],
  value: unknown,
  format: FormattingOptions,
): string | null {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const parent = root && (path.length > 1 ? findNodeAtLocation(root, path.slice(0, -1)) : root);
  if (root === undefined || parent?.type !== "object" || findNodeAtLocation(root, [...path]) !== undefined)
    return null;
  const children = parent.children ?? [];
  const within = text.slice(parent.offset, parent.offset + parent.length);
  const start = `// ${JSON.stringify(path.at(-1))}:`;
  for (const line of within.matchAll(/^([ \t]*)(\/\/ .*)$/gm)) {
    const at = parent.offset + line.index;
    const isNested = children.some((child) => child.offset < at && at < child.offset + child.length);
    if (isNested || !line[2]?.startsWith(start)) continue;
    const before = children.findLast((child) => child.offset < at);
    if (before !== undefined && !/^\s*,/.test(text.slice(before.offset + before.length))) return null;
    const end = at + line[0].trimEnd().length;
    const unit = format.insertSpaces ? " ".repeat(format.tabSize ?? 2) : "\t";
    const json = JSON.stringify(value, null, unit).replaceAll("\n", `${format.eol}${line[1]}`);
    return `${text.slice(0, end)}${format.eol}${line[1]}${JSON.stringify(path.at(-1))}: ${json},${text.slice(end)}`;
  }
  return null;
}
