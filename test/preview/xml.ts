/** An element as it stands in a document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

const NAME = "[A-Za-z_][\\w.:-]*";
const VALUE = `"(?:[^<&"]|&(?:amp|lt|gt|quot|apos|#\\d+|#x[\\da-fA-F]+);)*"`;
const TAG = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}=${VALUE})*)\\s*(/?)>`, "y");
const TEXT = /(?:[^<&]|&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)+/y;
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** The elements of an XML document, in the order in which they begin. @throws where it is not well formed */
export function parseXml(document: string): Element[] {
  if (FORBIDDEN.test(document) || !document.isWellFormed()) throw new Error("a character that XML has not");
  const [all, open]: [Element[], Element[]] = [[], []];
  for (let at = 0; at < document.length; ) {
    const where = () => `at ${at}: ${JSON.stringify(document.slice(at, at + 60))}`;
    TAG.lastIndex = TEXT.lastIndex = at;
    const [tag, text] = [TAG.exec(document), TEXT.exec(document)];
    const top = open.at(-1);
    if (tag !== null) {
      const [, closes, name = "", attributes = "", empty] = tag;
      if (closes && open.pop()?.name !== name) throw new Error(`${name} is not open ${where()}`);
      if (!closes) {
        if (top === undefined && all.length > 0) throw new Error(`a second root ${where()}`);
        const element = { name, attributes: attributesOf(attributes), text: "" };
        all.push(element);
        if (!empty) open.push(element);
      }
    } else if (text !== null) {
      if (top === undefined && text[0].trim() !== "") throw new Error(`text outside ${where()}`);
      if (top !== undefined) top.text += unescaped(text[0]);
    } else throw new Error(`neither a tag nor text ${where()}`);
    at += (tag ?? text)?.[0].length ?? 0;
  }
  if (open.length > 0 || all.length === 0) throw new Error(`${open.at(-1)?.name} is open at the end`);
  return all;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(new RegExp(`(${NAME})=(${VALUE})`, "g"))];
  const names = pairs.map(([, name]) => name);
  if (new Set(names).size !== names.length) throw new Error(`an attribute stands twice in ${text}`);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, unescaped(value.slice(1, -1))]));
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unescaped = (text: string) =>
  text.replace(/&(#x)?(#)?(\w+);/g, (_, hex, decimal, name) =>
    hex
      ? String.fromCodePoint(Number.parseInt(name, 16))
      : decimal
        ? String.fromCodePoint(Number(name))
        : (NAMED[name] ?? ""),
  );
