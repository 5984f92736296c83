import type { TObject, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { durationText, isDuration, parseDuration } from "./duration.ts";
import { problemIn } from "./lines.ts";

/** One option of the configuration. */
export interface Field {
  /** `theme`, `modules.cost.refreshInterval` … */
  readonly key: string;
  readonly path: readonly string[];
  readonly schema: TSchema;
  readonly default: unknown;
  readonly description: string;
  /** What a value must be, in words. */
  readonly expected: string;
  /** The values that there are, where they can be counted. */
  readonly choices: readonly string[] | null;
  /** The environment variable, and the flag, that set it. */
  readonly variable: string;
  readonly flag: string;
  /** Whether a project may set it: see `PROJECT_MAY_SET`. */
  readonly projectMaySet: boolean;
  /** Whether variables and flags may not set it: see `OWN_FILES_ONLY`. */
  readonly ownFilesOnly: boolean;
}

/** How names in the configuration are called in variables and flags, where they are shortened. */
const SHORT: Readonly<Record<string, string>> = {
  refreshInterval: "refresh",
  cacheTTL: "ttl",
  stalenessThreshold: "stale",
  maxRetries: "retries",
  retryBackoff: "backoff",
  maxConcurrent: "concurrent",
};

/** All options of the configuration, in the order of its schema. */
export function fieldsOf(schema: TObject, path: readonly string[] = []): Field[] {
  return Object.entries(schema.properties).flatMap(([name, each]) => {
    if (name === "$schema") return [];
    const below = [...path, name];
    return each.type === "object" && each.properties !== undefined
      ? fieldsOf(each as TObject, below)
      : [fieldOf(each, below)];
  });
}

function fieldOf(schema: TSchema, path: readonly string[]): Field {
  const name = path.at(-1) ?? "";
  const module = path[0] === "modules" ? (path[1] ?? "") : null;
  const words = (SHORT[name] ?? name).replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
  const upper = words.toUpperCase().replaceAll("-", "_");
  return {
    key: path.join("."),
    path,
    schema,
    default: schema.default,
    description: schema.description ?? "",
    expected: expectedOf(schema),
    choices: choicesOf(schema),
    variable: module === null ? `STATUSLINE_${upper}` : `STATUSLINE_MODULE_${module.toUpperCase()}_${upper}`,
    flag: module === null ? `--${words}` : `--${words}-${module}`,
    projectMaySet: schema.projectMaySet === true,
    ownFilesOnly: schema.ownFilesOnly === true,
  };
}

function choicesOf(schema: TSchema): string[] | null {
  if (schema.type === "boolean") return ["true", "false"];
  const forms: TSchema[] = schema.anyOf ?? [];
  return forms.length > 0 && forms.every((form) => typeof form.const === "string")
    ? forms.map((form) => form.const)
    : null;
}

function expectedOf(schema: TSchema): string {
  const { minimum, maximum, expected } = schema;
  if (typeof expected === "string") return expected;
  if (isDuration(schema))
    return `a time such as 10s, 5m, 1h, or milliseconds, from ${durationText(minimum)} to ${durationText(maximum)}`;
  if (schema.type === "boolean") return "true or false";
  if (schema.type === "integer") return `a whole number from ${minimum} to ${maximum}`;
  if (schema.type === "number") return `a number from ${minimum} to ${maximum}`;
  if (schema.type === "string") return "text";
  if (schema.type === "object") return 'a JSON object such as {"gateway/large": "Large"}';
  const choices = choicesOf(schema);
  return choices === null ? "a list of lines, each a list of module names" : `one of ${choices.join(", ")}`;
}

/** What is wrong with a value; `path` leads to it within the value. */
export interface Fault {
  readonly message: string;
  readonly expected: string;
  readonly path: readonly (string | number)[];
  /** The name that is not known, and those that are. */
  readonly name?: { readonly given: string; readonly known: readonly string[] };
}

/** A value as a file has it, made what the program works with; or what is wrong with it. */
export function accept(field: Field, raw: unknown): { value: unknown } | { fault: Fault } {
  if (field.key === "lines" && raw !== null) return acceptLines(field, raw);
  const value = isDuration(field.schema) && typeof raw === "string" ? (parseDuration(raw) ?? raw) : raw;
  const fits = isDuration(field.schema) ? isWithin(value, field.schema) : Value.Check(field.schema, value);
  if (fits) return { value };
  const name =
    typeof raw === "string" && field.choices !== null ? { name: { given: raw, known: field.choices } } : {};
  return { fault: { message: `is ${JSON.stringify(raw)}`, expected: field.expected, path: [], ...name } };
}

function acceptLines(field: Field, raw: unknown): { value: unknown } | { fault: Fault } {
  const names: string[] = field.schema.anyOf[0].items.items.anyOf[0].anyOf.map((form: TSchema) => form.const);
  const fault = problemIn(raw, names);
  return fault === null ? { value: raw } : { fault };
}

function isWithin(value: unknown, { minimum, maximum }: TSchema): boolean {
  return Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
}

/** A value as a variable, a flag or a command line has it: text. */
export function rawOf(field: Field, text: string): unknown {
  if (field.schema.type === "boolean") {
    if (/^(true|1|yes|on)$/i.test(text)) return true;
    return /^(false|0|no|off)$/i.test(text) ? false : text;
  }
  if (isDuration(field.schema)) return /^\d+$/.test(text) ? Number(text) : text;
  if (field.schema.type === "integer") return /^-?\d+$/.test(text) ? Number(text) : text;
  if (field.schema.type === "number") return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : text;
  if (field.key !== "lines" && field.schema.type !== "object") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
