import { readFileSync } from "node:fs";
import { literalsIn } from "./literals.ts";

/*
 * What a report may say of the source code, collected when the program is built: these functions run as macros.
 */

const src = new URL("../../", `file://${import.meta.dir}/`).pathname;
/** Whose messages reach the log. */
const ROOMS = /^(config|frame|cache|lib|modules|refresher|sources|state)\//;
/** Letters without which a text is no message. */
const LEAST = 8;

const files = () => [...new Bun.Glob("**/*.ts").scanSync({ cwd: src })].sort();

/** All source files, as stacks call them: `src/refresher/fetch.ts`. */
export function ownFiles(): string[] {
  return files().map((file) => `src/${file}`);
}

/**
 * The texts in our own source that can be messages, with `{}` for each part that is filled in. Those with the most letters
 * come first.
 */
export function ownMessages(): string[] {
  const texts = files()
    .filter((file) => ROOMS.test(file))
    .flatMap((file) => literalsIn(readFileSync(`${src}${file}`, "utf8")))
    .filter((text) => text.includes(" ") && lettersIn(text) >= LEAST);
  return [...new Set(texts)].sort((a, b) => lettersIn(b) - lettersIn(a) || (a < b ? -1 : 1));
}

function lettersIn(text: string): number {
  return text.replace(/[^a-z]/gi, "").length;
}
