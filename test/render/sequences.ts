/** What SGR parameters open and close: bold, the foreground, the background. */
const OPENS: readonly (readonly [RegExp, string])[] = [
  [/^(1|22)$/, "bold"],
  [/^(3[0-79]|9[0-7]|38;5;\d+|38;2;\d+;\d+;\d+)$/, "colour"],
  [/^(49|48;5;\d+|48;2;\d+;\d+;\d+)$/, "background"],
];
const PARAMETERS = /[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+/g;

/** A line's text without its colours and links, its links, and what is wrong with any of them. */
export function readLine(line: string): { text: string; faults: string[]; links: string[] } {
  const [faults, links]: [string[], string[]] = [[], []];
  const open = new Set<string>();
  let [linked, text] = [false, ""];
  for (const [whole, sgr, address] of line.matchAll(
    /\x1b\[([\d;]*)m|\x1b\]8;;([\x20-\x7e\u00a0-\uffff]*)\x1b\\|[\s\S]/g,
  )) {
    for (const parameter of sgr?.match(PARAMETERS) ?? []) {
      const what = OPENS.find(([form]) => form.test(parameter))?.[1];
      if (parameter === "0") open.clear();
      else if (what === undefined) faults.push(`unknown ${sgr}`);
      else if (/^([34]9|22)$/.test(parameter)) open.delete(what);
      else open.add(what);
    }
    if (address !== undefined) {
      if (linked === (address !== ""))
        faults.push(`link ${address} where one is ${linked ? "open" : "closed"}`);
      linked = address !== "";
      if (linked) links.push(address);
    }
    if (sgr === undefined && address === undefined) text += whole;
  }
  faults.push(...Array.from(open, (what) => `${what} is open at the end`));
  if (linked) faults.push("a link is open at the end");
  if (/[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/.test(text))
    faults.push(`unprintable: ${JSON.stringify(text)}`);
  if (!text.isWellFormed()) faults.push("half a surrogate pair");
  return { text, faults, links };
}
