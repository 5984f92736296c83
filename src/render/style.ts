import { isPrintable, printable } from "../lib/text.ts";
import type { Form } from "../module.ts";
import type { Theme } from "./theme.ts";

/** What a terminal can show: no colour, 16 colours, 256 colours, or 24-bit colour. */
export type ColorDepth = 0 | 1 | 2 | 3;

/**
 * What the environment says of colour. NO_COLOR (non-empty) switches it off (no-color.org); FORCE_COLOR 0 to 3
 * sets the depth; else COLORTERM and TERM tell, as Claude Code gives them on.
 */
export function colorDepth(env: Readonly<Record<string, string | undefined>>): ColorDepth {
  if (env.NO_COLOR) return 0;
  const forced = env.FORCE_COLOR;
  if (forced === "0" || forced === "false") return 0;
  if (forced === "1" || forced === "2" || forced === "3") return Number(forced) as ColorDepth;
  if (env.TERM === "dumb") return 0;
  if (/^(truecolor|24bit)$/.test(env.COLORTERM ?? "")) return 3;
  return /256/.test(env.TERM ?? "") ? 2 : 1;
}

/** A form as text with SGR sequences; each span closes what it opens. Text from outside is made printable. */
export function paint(form: Form, theme: Theme, depth: ColorDepth): string {
  const dirty = !isPrintable(rawText(form));
  let text = "";
  for (const span of form) {
    const clean = dirty ? printable(span.text) : span.text;
    if (clean === "") continue;
    const sgr = theme[span.tone][depth];
    text += sgr === "" ? clean : `\x1b[${sgr}m${clean}\x1b[0m`;
  }
  return text;
}

/** A form as bare text, for measuring. */
export function plainText(form: Form): string {
  const raw = rawText(form);
  return isPrintable(raw) ? raw : form.map((span) => printable(span.text)).join("");
}

function rawText(form: Form): string {
  let text = "";
  for (const span of form) text += span.text;
  return text;
}
