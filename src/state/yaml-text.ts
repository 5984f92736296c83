import { json } from "../lib/escaped.ts";
import { isRecord } from "../lib/fields.ts";

/** A plain value as YAML text. What every YAML reader takes the same way is written bare, all else quoted. */
export type Plain = string | number | boolean | null | Plain[] | { readonly [name: string]: Plain };

export type YamlFields = { readonly [name: string]: Plain };

export const isFields = (value: unknown): value is YamlFields => isRecord(value);

/** The fields of a JSON object, or null when `text` is anything else. */
export function parseFields(text: string): YamlFields | null {
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
  return typeof value === "string" && BARE.test(value) ? value : json(value);
}

/** A value on one line. */
export function flow(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (!isFields(value)) return scalar(value);
  return `{${Object.entries(value)
    .map(([name, each]) => `${scalar(name)}: ${flow(each)}`)
    .join(", ")}}`;
}

/**
 * A field in block style, as a person would write it: nested fields and items of lists on lines of their own.
 * @param indent columns before the key
 */
export function blockField(name: string, value: Plain, indent: string): string {
  const key = `${indent}${scalar(name)}:`;
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((each) =>
      isFields(each) && Object.keys(each).length > 0 ? blockItem(each, inner) : `${inner}- ${flow(each)}\n`,
    );
    return `${key}\n${items.join("")}`;
  }
  if (!isFields(value) || Object.keys(value).length === 0) return `${key} ${flow(value)}\n`;
  const fields = Object.entries(value).map(([each, nested]) => blockField(each, nested, inner));
  return `${key}\n${fields.join("")}`;
}

/**
 * A list item in block style.
 * @param indent columns before the dash
 */
export function blockItem(fields: YamlFields, indent: string): string {
  const text = Object.entries(fields)
    .map(([name, value]) => blockField(name, value, `${indent}  `))
    .join("");
  return `${indent}- ${text.slice(indent.length + 2)}`;
}
