import { createScanner } from "jsonc-parser";

/** A name and its value in a JSON object, by the offsets of their first character and of the one behind the last. */
export interface Member {
  readonly name: string;
  readonly at: number;
  /** Behind the name. */
  readonly nameEnd: number;
  readonly valueAt: number;
  readonly end: number;
}

/** An object in a text. */
export interface JsonObject {
  /** Offset of `{`. */
  readonly at: number;
  readonly members: readonly Member[];
  /** Offset of `}`. */
  readonly close: number;
}

/**
 * The object that begins at offset `at` or, after white space, behind it. However deep its values go, they are passed
 * over and cost no stack.
 * @param text JSON that is known to be valid, with an object there
 */
export function objectAt(text: string, at: number): JsonObject {
  const scanner = createScanner(text, true);
  scanner.setPosition(at);
  /** The first character of the next token; undefined at the end. */
  const next = () => {
    scanner.scan();
    return text[scanner.getTokenOffset()];
  };
  next();
  const open = scanner.getTokenOffset();
  const members: Member[] = [];
  for (let token = next(); token !== "}"; token = next()) {
    if (token === ",") continue;
    if (token === undefined) throw new Error("no JSON object"); // The caller has not judged it.
    const [start, nameEnd] = [scanner.getTokenOffset(), scanner.getPosition()];
    const name = JSON.parse(text.slice(start, nameEnd)) as string;
    next(); // the colon
    let depth = step(next());
    const valueAt = scanner.getTokenOffset();
    while (depth > 0) depth += step(next());
    members.push({ name, at: start, nameEnd, valueAt, end: scanner.getPosition() });
  }
  return { at: open, members, close: scanner.getTokenOffset() };
}

/** How much deeper it is behind a token. */
function step(token: string | undefined): number {
  if (token === "{" || token === "[") return 1;
  return token === "}" || token === "]" ? -1 : 0;
}
