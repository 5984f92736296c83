/** Reading JSON from outside: whatever is missing or of a wrong type is null. */

export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = {};

/** Whether `value` is an object with fields, not a list. */
export function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object that `value` is, or an empty one. */
export function record(value: unknown): Fields {
  return isRecord(value) ? value : NONE;
}

/** Characters of a text that is kept. */
const LONGEST = 2048;

/** A string that is not empty; the beginning of a very long one. */
export function string(value: unknown): string | null {
  if (typeof value !== "string" || value === "") return null;
  return value.length > LONGEST ? value.slice(0, LONGEST) : value;
}

export function flag(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** A number, also one that is written as text: some gateways and wrappers send `"200000"`. */
export function number(value: unknown): number | null {
  const amount = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof amount === "number" && Number.isFinite(amount) ? amount : null;
}

/** A number from 0 on. */
export function count(value: unknown): number | null {
  const amount = number(value);
  return amount !== null && amount >= 0 ? amount : null;
}

/** US dollars from 0 on; what rounding has left below 0, less than half a cent, is 0. */
export function dollars(value: unknown): number | null {
  const amount = number(value);
  return amount !== null && amount < 0 && amount > -0.005 ? 0 : count(amount);
}

/**
 * An absolute path, also one of Windows: `C:\…` or `\\wsl.localhost\…`. Anything else could mean another folder in each
 * process that reads it.
 */
export function path(value: unknown): string | null {
  const text = string(value);
  // The beginning of a path leads somewhere else.
  if (text === null || text !== value || text.includes("\0")) return null;
  if (!text.startsWith("/") && !isOnDrive(text) && !text.startsWith("\\\\")) return null;
  return text.endsWith("/") || text.endsWith("\\") ? withoutSlashes(text) : text;
}

function isOnDrive(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path);
}

/** A root keeps its own. */
function withoutSlashes(path: string): string {
  return path.replace(/(?<=[^/:])[/\\]+$/, "");
}
