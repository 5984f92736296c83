/** Whatever has quotes in it that do not begin a text. */
const OTHERS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<=[(,=:[!&|?{;]\s*)\/(?![/*])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y;
const QUOTED = /"((?:[^"\\\n]|\\.)*)"/y;

/** All texts that a TypeScript source has in quotes or backticks, with `{}` for each part that is filled in. */
export function literalsIn(source: string): string[] {
  const found: string[] = [];
  let at = 0;

  const past = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null) return null;
    at += match[0].length;
    return match[1] ?? "";
  };

  /** Code, up to the brace that closes it. */
  const code = (): void => {
    for (let depth = 0; at < source.length; ) {
      if (past(OTHERS) !== null) continue;
      const text = past(QUOTED);
      if (text !== null) found.push(text);
      else if (source[at] === "`") template();
      else if (source[at] === "}" && depth-- === 0) return;
      else if (source[at++] === "{") depth++;
    }
  };

  const template = (): void => {
    let text = "";
    for (at++; at < source.length && source[at] !== "`"; at++) {
      if (source.startsWith("${", at)) {
        at += 2;
        code();
        text += "{}";
      } else if (source[at] === "\\") text += source[++at];
      else text += source[at];
    }
    at++;
    found.push(text);
  };

  code();
  return found;
}
