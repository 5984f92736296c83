import { bar, sparkline } from "../lib/quantity.ts";
import { printable } from "../lib/text.ts";
import type { Look } from "../look/look.ts";
import type { Shown } from "../look/screen.ts";
import type { Form } from "../module.ts";

type Charset = Look["charset"];

/** A form with its figures drawn, in the characters that the look allows, with its addresses where links are wanted. */
export function draw(form: Form, charset: Charset, links = false): readonly Shown[] {
  const spans: Shown[] = [];
  for (const part of form) {
    if ("text" in part) {
      const { text, tone, link } = part;
      spans.push(links && link !== undefined ? { text, tone, link: link() } : { text, tone });
    } else if ("spark" in part) spans.push({ text: sparkline(part.spark, charset), tone: part.tone });
    else {
      const { filled, empty } = bar(part.bar, part.cells, charset);
      spans.push({ text: filled, tone: part.tone }, { text: empty, tone: "track" });
    }
  }
  return inCharset(spans, charset);
}

/** Text in the characters that the look allows. */
export function inCharset(spans: readonly Shown[], charset: Charset): readonly Shown[] {
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
  "≥": ">=",
  "↑": "^",
  "↓": "v",
  "✖": "!",
  "≡": "*",
  "↻": "in ",
  "│": "|",
  "🔴": "(old)",
  "⚙⚠": "!config",
  "⚠": "!",
};
/** Text with this program's own signs in ASCII. */
export function inAscii(text: string): string {
  const beyond = new RegExp(Object.keys(ASCII).join("|"), "g");
  return text.replace(beyond, (sign) => ASCII[sign] ?? "?");
}
