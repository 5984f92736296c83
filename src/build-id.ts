import { readFileSync } from "node:fs";

/**
 * A hash of all source files, or of some of them, as a decimal number. Runs when the program is built.
 * @param files paths below `src/`; left out: the whole program
 */
export function sourceHash(...files: string[]): string {
  const paths =
    files.length > 0 ? files : [...new Bun.Glob("**/*.ts").scanSync({ cwd: import.meta.dir })].sort();
  const texts = paths.map((path) => [path, readFileSync(`${import.meta.dir}/${path}`, "utf8")]);
  return Bun.hash(JSON.stringify(texts)).toString();
}
