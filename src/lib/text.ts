// A regular expression at top level, or in a function that every render calls, costs each start 10 to 90 µs.

/**
 * C0 and C1 controls, DEL, the bidi overrides and isolates (which reorder what is beside them on the row), line and
 * paragraph separators, and lone surrogates.
 */
const unprintable = () =>
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Whether `text` has nothing that `printable` takes away. */
export function isPrintable(text: string): boolean {
  // Most often all is below the first of those signs.
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n);
    if (code < 0x20 || (code > 0x7e && code < 0xa0)) return false;
    if (code >= 0x61c && !isOwnSign(code)) return !unprintable().test(text);
  }
  return true;
}

/** Dashes and dots, and the blocks from arrows to dingbats: what this program itself writes. */
function isOwnSign(code: number): boolean {
  return (code >= 0x2010 && code <= 0x2027) || (code >= 0x2190 && code <= 0x27bf);
}

/**
 * Text from outside, made safe for one line of a terminal: escape sequences and other unprintable
 * characters are gone, so that a branch name can neither colour nor move nor reorder anything.
 */
export function printable(text: string): string {
  return isPrintable(text) ? text : Bun.stripANSI(text).replace(unprintable(), "");
}

/** Columns that `text` takes on a terminal; ANSI and OSC 8 sequences take none. */
export function width(text: string): number {
  return Bun.stringWidth(text);
}

/** `text` in at most `columns`, ending in `…` where something was cut; never cuts within a character. */
export function truncate(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  return columns < 1 ? "" : `${head(text, columns - 1)}…`;
}

/** As much of the beginning of `text` as fits in `columns`; colours and links that are open there are closed. */
export function head(text: string, columns: number): string {
  // A slice takes a wide character whole that only begins within it.
  for (let end = columns; end > 0; end--) {
    const part = Bun.sliceAnsi(text, 0, end);
    if (width(part) <= columns && !splits(text, part)) return part;
  }
  return "";
}

// Signs that belong to the character before them, and those that draw the letter after them to it (Unicode's
// Indic_Conjunct_Break=Linker of scripts that Bun 1.4.5 does not know to have them).
const joined = () => /^[\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d]/u;
const linker = () => /[\u1039\u17d2\u1a60\u1b44\u1bab\ua9c0\uaaf6]$/;

/** Whether `part`, the beginning of `text`, ends within a character. */
function splits(text: string, part: string): boolean {
  if (!text.startsWith(part)) return false;
  const rest = text.slice(part.length);
  return joined().test(rest) || (linker().test(part) && /^\p{L}/u.test(rest));
}
