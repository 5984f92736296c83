import { escaped, json } from "../lib/escaped.ts";
import { printable } from "../lib/text.ts";
import type { World } from "../world.ts";

/** Prints text for people. It has no colours: every escape sequence and control in it comes from outside and is removed. */
export function print(world: World, text: string): Promise<void> {
  return world.stdout(printableLines(text));
}

/** As `print`, on stderr, with a line break after it. */
export function printError(text: string): void {
  console.error(printableLines(text));
}

/**
 * Prints text that has our own colours and links. What it holds from outside has been made printable before the colours
 * were added; all controls but those sequences are removed.
 */
export function printStyled(world: World, text: string): Promise<void> {
  return world.stdout(styledLines(text));
}

/** Prints a value as JSON; controls and bidi signs are `\uXXXX`. */
export function printJson(world: World, value: unknown): Promise<void> {
  return world.stdout(`${json(value, 2)}\n`);
}

/** Prints YAML in which unprintable signs are only in double quotes and in comments; they are written as `\uXXXX`. */
export function printYaml(world: World, text: string): Promise<void> {
  return world.stdout(escaped(text));
}

/** Text of several lines, each made printable; line breaks and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(/[^\n\t]+/g, printable);
}

// SGR, and an OSC 8 whose address is printable.
const ours = () =>
  /(\x1b\[[\d;]*m|\x1b\]8;;[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]*\x1b\\)/;

function styledLines(text: string): string {
  const parts = text.split(ours());
  return parts.map((part, n) => (n % 2 === 1 ? part : printableLines(part))).join("");
}
