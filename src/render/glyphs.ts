import { bar, sparkline } from "../lib/quantity.ts";
import { printable } from "../lib/text.ts";
import type { Look } from "../look/look.ts";
import type { Form, Span } from "../module.ts";

type Charset = Look["charset"];

/** A form with its figures drawn, in the characters that the look allows. */
export function draw(form: Form, charset: Charset): Span[] {
  const spans: Span[] = [];
  for (const part of form) {
    if ("text" in part) spans.push(part);
    else if ("spark" in part) spans.push({ text: sparkline(part.spark, charset), tone: part.tone });
    else {
      const { filled, empty } = bar(part.bar, part.cells, charset);
      spans.push({ text: filled, tone: part.tone }, { text: empty, tone: "track" });
    }
  }
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
/** Text with this program's own signs in ASCII. */
export function inAscii(text: string): string {
  const beyond = new RegExp(Object.keys(ASCII).join("|"), "g");
  return text.replace(beyond, (sign) => ASCII[sign] ?? "?");
}
