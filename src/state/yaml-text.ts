/** A plain value as YAML text. What every YAML reader takes the same way is written bare, all else quoted. */
export type Plain = string | number | boolean | null | Plain[] | { readonly [name: string]: Plain };

export type Fields = { readonly [name: string]: Plain };

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields of a JSON object, or null when `text` is anything else. */
export function parseFields(text: string): Fields | null {
  try {
    const data = JSON.parse(text);
    return isFields(data) ? data : null;
  } catch {
    return null;
  }
}

const BARE =
  /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[A-Za-z/][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@+(-][A-Za-z0-9_./@+)-]*)*$/i;

/** A scalar. JSON's double-quoted strings are YAML's (YAML 1.2, 1.3 "relation to JSON"). */
export function scalar(value: string | number | boolean | null): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  return typeof value === "string" && BARE.test(value) ? value : JSON.stringify(value);
}

/** A value on one line. */
export function flow(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (!isFields(value)) return scalar(value);
  return `{${Object.entries(value)
    .map(([name, each]) => `${name}: ${flow(each)}`)
    .join(", ")}}`;
}

/**
 * A list item in block style: fields on lines of their own, nested fields on one line, except those named in
 * `open`, which get a line each.
 * @param indent columns before the dash
 */
export function blockItem(fields: Fields, indent: string, open: readonly string[]): string {
  const lines = Object.entries(fields).flatMap(([name, value]) => {
    if (!open.includes(name) || !isFields(value)) return [`${name}: ${flow(value)}`];
    return [`${name}:`, ...Object.entries(value).map(([inner, each]) => `  ${inner}: ${flow(each)}`)];
  });
  return lines.map((line, n) => `${indent}${n === 0 ? "- " : "  "}${line}\n`).join("");
}
