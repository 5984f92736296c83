import { bar, sparkline } from "../lib/quantity.ts";
import { printable } from "../lib/text.ts";
import type { Look } from "../look/look.ts";
import type { Form, Span } from "../module.ts";

type Charset = Look["charset"];

/** A form with its figures drawn, in the characters that the look allows. */
export function draw(form: Form, charset: Charset): Span[] {
  const spans = form.flatMap((part): Span[] => {
    if ("text" in part) return [part];
    if ("spark" in part) return [{ text: sparkline(part.spark, charset), tone: part.tone }];
    const { filled, empty } = bar(part.bar, part.cells, charset);
    return [
      { text: filled, tone: part.tone },
      { text: empty, tone: "track" },
    ];
  });
  if (charset === "unicode") return spans;
  // Printable first: what is taken away later could bring two characters together that are one sign.
  return spans.map((span) => ({ ...span, text: inAscii(printable(span.text)) }));
}

// What this program itself writes beyond ASCII, each as wide as it was where that can be.
const ASCII: Readonly<Record<string, string>> = {
  "…": "~",
  "–": "-",
  "·": "-",
  "→": "->",
  "↑": "^",
  "↓": "v",
  "✖": "!",
  "≡": "*",
  "↻": "in ",
  "│": "|",
  "🔴": "(old)",
  "⚙⚠": "!config",
};
const BEYOND = new RegExp(Object.keys(ASCII).join("|"), "g");

/** Text with this program's own signs in ASCII. */
export function inAscii(text: string): string {
  return text.replace(BEYOND, (sign) => ASCII[sign] ?? "?");
}
