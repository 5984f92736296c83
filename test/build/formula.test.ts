import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { formula, type Package } from "../../build/formula.ts";
import { archiveName, TARGETS } from "../../build/release/targets.ts";

const about: Package = await Bun.file(`${root}package.json`).json();
const sumOf = (n: number) => String(n).repeat(64);
const sums = new Map(TARGETS.map((target, n) => [archiveName(target, about.version), sumOf(n)]));
const text = formula(about, sums);

/** Url and sum of the formula's block for `system` and `cpu`. */
function blockOf(system: string, cpu: string) {
  const [, inSystem = ""] = new RegExp(`^  on_${system} do\n(.*?)^  end`, "ms").exec(text) ?? [];
  const [, url, sum] = new RegExp(`on_${cpu} do\\s+url "(.*?)"\\s+sha256 "(.*?)"`).exec(inSystem) ?? [];
  return { url, sum };
}

test.each([
  ["macos", "arm", "darwin-arm64"],
  ["macos", "intel", "darwin-x64"],
  ["linux", "arm", "linux-arm64"],
  ["linux", "intel", "linux-x64-baseline"],
])("on %s, %s, it takes the archive %s with its sum", (system, cpu, name) => {
  const file = `statusline-${about.version}-${name}.tar.gz`;
  const url = `https://github.com/statusline-cc/statusline/releases/download/v${about.version}/${file}`;
  expect(blockOf(system, cpu)).toEqual({
    url,
    sum: sumOf(TARGETS.findIndex((target) => target.name === name)),
  });
});

test("it names setup and does not run it", () => {
  const [, caveats = ""] = /def caveats(.*?)EOS\n {2}end/s.exec(text) ?? [];
  expect(caveats).toContain("statusline setup");
  expect(text.replace(caveats, "")).not.toContain("setup");
});

test("a sum that is not there is named", () => {
  const less = new Map(sums);
  less.delete(`statusline-${about.version}-darwin-x64.tar.gz`);
  expect(() => formula(about, less)).toThrow(`no sum for statusline-${about.version}-darwin-x64.tar.gz`);
  expect(() => formula({ ...about, version: "99.0.0" }, sums)).toThrow(
    "no sum for statusline-99.0.0-darwin-arm64",
  );
});

const ruby = Bun.which("ruby");

test.skipIf(ruby === null)("ruby can read it", () => {
  const { stdout, stderr } = Bun.spawnSync([ruby ?? "", "-c"], { stdin: new TextEncoder().encode(text) });
  expect(`${stdout}${stderr}`).toBe("Syntax OK\n");
});

const kept = `${root}Formula/statusline.rb`;

test.skipIf(!existsSync(kept))("the formula in the tap is what its own version and sums give", () => {
  const now = readFileSync(kept, "utf8");
  const [, version = ""] = /^ {2}version "(.*)"$/m.exec(now) ?? [];
  const named = [...now.matchAll(/\/([^/"]+)"\s+sha256 "(\w+)"/g)].map(
    ([, file = "", sum = ""]) => [file, sum] as const,
  );
  expect(formula({ ...about, version }, new Map(named))).toBe(now);
});
