import { isPrintable } from "./text.ts";

/**
 * Text of JSON or of YAML in which what acts on a terminal (C1 controls, DEL, bidi signs) is written as `\uXXXX`.
 * Both formats read that in double quotes as the same value.
 */
export function escaped(text: string): string {
  return text.replace(/[^\n\t\x20-\x7e]/g, (sign) =>
    isPrintable(sign) || isSurrogate(sign) ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A value as JSON that is safe to print; see `escaped`. */
export function json(value: unknown, indent?: number): string {
  return escaped(JSON.stringify(value, null, indent) ?? "null");
}

/** Half of a pair: JSON.stringify has escaped lone ones. */
function isSurrogate(sign: string): boolean {
  return sign >= "\ud800" && sign <= "\udfff";
}
