import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { root } from "../../build/compile.ts";
import { assemble } from "../../build/release/assemble.ts";
import { adHocSigned, signatureFault } from "../../build/release/codesign.ts";
import { kindOf } from "../../build/release/executable.ts";
import { run } from "../../build/release/runtime.ts";
import { readSums, sha256 } from "../../build/release/sums.ts";
import {
  archiveName,
  folderName,
  programName,
  type Target,
  targetsNamed,
} from "../../build/release/targets.ts";
import { smoke } from "../../build/smoke.ts";

/** One of each format; the release of all eight is `npm run release`. */
const NAMES = ["linux-x64", "darwin-x64", "windows-x64"];
const targets = targetsNamed(NAMES);
const out = mkdtempSync(`${tmpdir()}/statusline-release-`);
const { version, dependencies } = await Bun.file(`${root}package.json`).json();
const told: string[] = [];

beforeAll(async () => {
  await assemble(targets, out, (line) => told.push(line));
}, 300_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** The program out of `target`'s archive. */
async function programOf(target: Target): Promise<Uint8Array> {
  const folder = mkdtempSync(`${tmpdir()}/statusline-unpacked-`);
  try {
    const unpack = target.os === "windows" ? ["unzip", "-qq", "-d", folder] : ["tar", "-C", folder, "-xzf"];
    await run(...unpack, `${out}/${archiveName(target, version)}`);
    const top = `${folder}/${folderName(target, version)}`;
    expect(readdirSync(top)).toEqual(expect.arrayContaining(["LICENSE", "README.md", programName(target)]));
    return await Bun.file(`${top}/${programName(target)}`).bytes();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("holds an archive for each target, the bill of materials and their sums, and no scratch", async () => {
  const archives = targets.map((target) => archiveName(target, version));
  const named = [...archives, "statusline.cdx.json"].sort();
  expect(readdirSync(out).sort()).toEqual(["SHA256SUMS", ...named]);
  const sums = readSums(await Bun.file(`${out}/SHA256SUMS`).text());
  expect([...sums.keys()].sort()).toEqual(named);
  for (const [name, sum] of sums) expect(sha256(await Bun.file(`${out}/${name}`).bytes())).toBe(sum);
  expect(told).toHaveLength(targets.length);
});

test.each(targets)("the archive for $name holds a program of that kind", async (target) => {
  const { os, cpu, libc } = kindOf(await programOf(target));
  expect({ os, cpu, libc }).toEqual({ os: target.os, cpu: target.cpu, libc: target.libc });
});

const [linux, darwin] = targets as [Target, Target];

test.skipIf(process.platform !== "linux" || process.arch !== "x64")(
  "the program for this machine runs",
  async () => {
    expect(await smoke(out, linux)).toContain("smoke");
  },
);

test("the program for macOS on x64 has a signature that is valid, and each changed byte is found", async () => {
  const program = await programOf(darwin);
  expect(signatureFault(program)).toBeUndefined();
  const again = adHocSigned(program, "statusline");
  expect(Buffer.compare(again, program)).toBe(0);
  again[5000] = (again[5000] ?? 0) ^ 1;
  expect(signatureFault(again)).toBe("page 1 has another hash");
});

test("a second build has the same bytes", async () => {
  const second = mkdtempSync(`${tmpdir()}/statusline-again-`);
  await assemble([darwin], second, () => {});
  const name = archiveName(darwin, version);
  const sum = async (folder: string) => readSums(await Bun.file(`${folder}/SHA256SUMS`).text()).get(name);
  expect(await sum(second)).toBe((await sum(out)) ?? "");
  rmSync(second, { recursive: true });
});

test("the bill of materials names what the program is made of", async () => {
  const bom = await Bun.file(`${out}/statusline.cdx.json`).json();
  const names = bom.components.map(({ name }: { name: string }) => name);
  expect(bom).toMatchObject({
    bomFormat: "CycloneDX",
    metadata: { component: { name: "statusline", version } },
  });
  expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  expect(names).toEqual(expect.arrayContaining(targets.map(({ runtime }) => `@oven/${runtime}`)));
  expect(names).not.toContain("typescript");
});
