import { isPrintable, printable } from "../lib/text.ts";
import type { Theme } from "../look/look.ts";
import type { ColorDepth, Shown } from "../look/screen.ts";

/** How text is put on the screen. */
export interface Ink {
  readonly theme: Theme;
  readonly depth: ColorDepth;
}

/**
 * Spans as text with SGR sequences, and OSC 8 where they lead somewhere; each closes what it opens. Text from outside is made printable.
 * @param background SGR parameters of the background, "" for the terminal's own
 */
export function paint(form: readonly Shown[], { theme, depth }: Ink, background = ""): string {
  const dirty = !isClean(form);
  let text = "";
  for (const span of form) {
    const clean = dirty ? printable(span.text) : span.text;
    if (clean === "") continue;
    const tone = theme.tones[span.tone][depth];
    const sgr = tone === "" || background === "" ? tone + background : `${tone};${background}`;
    const styled = sgr === "" ? clean : `\x1b[${sgr}m${clean}\x1b[0m`;
    text += span.link ? linked(styled, span.link) : styled;
  }
  return text;
}

/** OSC 8 (a link around text) as terminals have agreed on it; the address cannot end the sequence early. */
function linked(text: string, address: string): string {
  return isPrintable(address) ? `\x1b]8;;${address}\x1b\\${text}\x1b]8;;\x1b\\` : text;
}

/** Spans as bare text, for measuring. */
export function plainText(form: readonly Shown[]): string {
  if (!isClean(form)) return form.map((span) => printable(span.text)).join("");
  let text = "";
  for (const span of form) text += span.text;
  return text;
}

/** Each by itself: two spans may hold the halves of a sign, and colours come between them. */
function isClean(form: readonly Shown[]): boolean {
  for (const span of form) if (!isPrintable(span.text)) return false;
  return true;
}
