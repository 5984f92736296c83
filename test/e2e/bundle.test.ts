import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { root } from "../../build/compile.ts";

const out = mkdtempSync(`${tmpdir()}/statusline-bundle-`);
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** The chunks that a warm render loads: the entry and all that it imports statically, at any depth. */
async function renderPath(): Promise<string> {
  const built = await Bun.build({
    entrypoints: [`${root}src/main.ts`],
    outdir: out,
    target: "bun",
    format: "esm",
    splitting: true,
    minify: true,
  });
  expect(built.success).toBe(true);
  const chunks = new Map(
    await Promise.all(built.outputs.map(async (file) => [file.path, await file.text()] as const)),
  );
  const seen = new Map<string, string>();
  const visit = (path: string) => {
    const text = chunks.get(path);
    if (text === undefined || seen.has(path)) return;
    seen.set(path, text);
    const imports = new Bun.Transpiler({ loader: "js" }).scanImports(text);
    for (const { kind, path: target } of imports) {
      if (kind === "import-statement") visit(new URL(target, `file://${path}`).pathname);
    }
  };
  visit(`${out}/main.js`);
  // What draws a new frame is a chunk of its own.
  const draws = [...chunks].find(([, text]) => text.includes("no data in the input"))?.[0] ?? "";
  visit(draws);
  expect(seen.has(draws)).toBe(true);
  expect(seen.size).toBeGreaterThan(0);
  expect(seen.size).toBeLessThan(chunks.size);
  return [...seen.values()].join("\n");
}

test("a warm render loads nothing heavy", async () => {
  const code = await renderPath();
  // What the libraries cannot be without, and what costs start-up by itself.
  const heavy = {
    yaml: /parseDocument|YAMLMap/,
    "simple-git": /GitError|GitExecutor|file-exists/,
    kleur: /\\x1b\[\$\{|kleur|FORCE_COLOR.*isTTY/,
    TypeBox: /TypeBox\.|Symbol\.for\("TypeBox/,
    "node modules": /(?<!getBuiltinModule\()["']node:(?!.*\.js)/,
    require: /\brequire\(/,
    "process.stdin": /process\.stdin/,
    "process.stdout": /process\.stdout/,
    "local time": /getHours|getTimezoneOffset|toLocale|Intl\./,
  };
  const found = Object.entries(heavy).filter(([, pattern]) => pattern.test(code));
  expect(found.map(([name]) => name)).toEqual([]);
});
