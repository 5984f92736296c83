export function baseName(path: string): string {
  const trimmed = withoutSlash(path);
  return trimmed.slice(lastSlash(trimmed) + 1) || path;
}

/** The folder above `path`, or null at the root. */
export function parentOf(path: string): string | null {
  const trimmed = withoutSlash(path);
  const cut = lastSlash(trimmed);
  if (cut < 0 || trimmed === "") return null;
  return cut === 0 ? "/" : trimmed.slice(0, cut);
}

const isSlash = (character: string | undefined) => character === "/" || character === "\\";

function lastSlash(path: string): number {
  const [slash, backslash] = [path.lastIndexOf("/"), path.lastIndexOf("\\")];
  return slash > backslash ? slash : backslash;
}

function withoutSlash(path: string): string {
  let end = path.length;
  while (end > 0 && (path[end - 1] === "/" || path[end - 1] === "\\")) end--;
  return path.slice(0, end);
}

/** `path` seen from `base`: a relative path when it lies within, "" when it is the same, else null. */
export function within(base: string, path: string): string | null {
  if (path === base) return "";
  if (!path.startsWith(base)) return null;
  const rest = path.slice(base.length);
  if (isSlash(base.at(-1))) return rest;
  return isSlash(rest[0]) ? rest.slice(1) : null;
}
