/**
 * Writes what the pages have from the program itself: their tables, and the pictures in `.github/`. With `--check`
 * nothing is written, and a difference is an error.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { root } from "./compile.ts";
import { pageTables, type TableName } from "./tables.ts";

/** The pictures: what `statusline preview --svg` draws with these flags. */
const PICTURES: Readonly<Record<string, readonly string[]>> = {
  statusline: ["--width=116"],
  classic: ["--layout=classic", "--theme=catppuccin", "--width=116"],
  minimal: ["--layout=minimal", "--theme=gruvbox", "--width=116"],
  powerline: ["--layout=powerline", "--theme=nord", "--icons=none", "--width=116"],
  ascii: ["--layout=ascii", "--theme=mono", "--width=116"],
  full: ["--layout=full", "--theme=tokyonight", "--width=150"],
  light: ["--theme=daylight", "--width=116"],
};

/** The pages with tables, and the names of these. */
const PAGES: Readonly<Record<string, readonly TableName[]>> = {
  "docs/configuration.md": ["modules", "layouts", "themes", "options", "variables"],
  "docs/performance.md": ["performance"],
};

function made(): Map<string, string> {
  const pages = Object.entries(PAGES).map(([page, names]) => [page, withTables(page, names)] as const);
  return new Map([...pages, ...pictures()]);
}

function pictures(): (readonly [path: string, text: string])[] {
  const folder = mkdtempSync(`${tmpdir()}/statusline-pictures-`);
  const env = { HOME: folder, TERM: "xterm-256color" };
  const drawn = Object.entries(PICTURES).map(([name, flags]) => {
    const path = `${folder}/${name}.svg`;
    const preview = [`${root}dist/statusline`, "preview", ...flags, `--svg=${path}`];
    const { exitCode, stderr } = Bun.spawnSync(preview, { env, cwd: folder });
    if (exitCode !== 0) throw new Error(`${name}: ${stderr}`);
    return [`.github/${name}.svg`, readFileSync(path, "utf8")] as const;
  });
  rmSync(folder, { recursive: true });
  return drawn;
}

function withTables(page: string, names: readonly TableName[]): string {
  const tables = pageTables();
  return names.reduce(
    (text, name) => {
      const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
      if (!place.test(text)) throw new Error(`${page} has no place for the table ${name}`);
      return text.replace(place, (_, start, end) => `${start}\n${tables[name]}\n\n${end}`);
    },
    readFileSync(`${root}${page}`, "utf8"),
  );
}

const check = process.argv[2] === "--check";
const different: string[] = [];
for (const [name, text] of made()) {
  const path = `${root}${name}`;
  if (
    await Bun.file(path)
      .exists()
      .then((there) => there && readFileSync(path, "utf8") === text)
  )
    continue;
  different.push(name);
  if (!check) writeFileSync(path, text);
}
if (different.length > 0) console.log(`${check ? "not up to date" : "written"}: ${different.join(", ")}`);
if (check && different.length > 0) process.exit(1);
