/**
 * Writes what README.md has from the program itself: its tables, and the pictures in `.github/`. With `--check`
 * nothing is written, and a difference is an error.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { root } from "./compile.ts";
import { readmeTables } from "./tables.ts";

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

function made(): Map<string, string> {
  const files = new Map([["README.md", withTables(readFileSync(`${root}README.md`, "utf8"))]]);
  const folder = mkdtempSync(`${tmpdir()}/statusline-pictures-`);
  const env = { HOME: folder, TERM: "xterm-256color" };
  for (const [name, flags] of Object.entries(PICTURES)) {
    const path = `${folder}/${name}.svg`;
    const drawn = Bun.spawnSync([`${root}dist/statusline`, "preview", ...flags, `--svg=${path}`], {
      env,
      cwd: folder,
    });
    if (drawn.exitCode !== 0) throw new Error(`${name}: ${drawn.stderr}`);
    files.set(`.github/${name}.svg`, readFileSync(path, "utf8"));
  }
  rmSync(folder, { recursive: true });
  return files;
}

function withTables(text: string): string {
  return Object.entries(readmeTables()).reduce((readme, [name, table]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(readme)) throw new Error(`README.md has no place for the table ${name}`);
    return readme.replace(place, (_, start, end) => `${start}\n${table}\n\n${end}`);
  }, text);
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
