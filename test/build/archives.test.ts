import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { readSums, writeSums } from "../../build/release/sums.ts";
import { tarGz } from "../../build/release/tar.ts";
import { archiveName, TARGETS, targetsNamed } from "../../build/release/targets.ts";
import { zip } from "../../build/release/zip.ts";

const folder = mkdtempSync(`${tmpdir()}/statusline-archives-`);
afterAll(() => rmSync(folder, { recursive: true }));

const random = crypto.getRandomValues(new Uint8Array(60_001));
const files = [
  { path: "top/program", bytes: random, executable: true },
  { path: "top/below/empty", bytes: new Uint8Array(), executable: false },
  { path: "top/text", bytes: new TextEncoder().encode("text\n".repeat(1000)), executable: false },
];
const TIME = 1_700_000_000;

describe.each([
  ["tar.gz", tarGz, "tar", "tar -xzf"],
  ["zip", zip, "unzip", "unzip -qq"],
] as const)("%s", (ending, pack, tool, unpack) => {
  test.skipIf(Bun.which(tool) === null)("is unpacked as it was packed", async () => {
    const out = mkdtempSync(`${folder}/out-`);
    await Bun.write(`${folder}/a.${ending}`, pack(files, TIME));
    const command = [...unpack.split(" "), `${folder}/a.${ending}`];
    const { exitCode, stderr } = Bun.spawnSync(command, { cwd: out, env: { ...process.env, TZ: "UTC" } });
    expect({ exitCode, stderr: stderr.toString() }).toEqual({ exitCode: 0, stderr: "" });
    for (const { path, bytes, executable } of files) {
      const { mode, mtimeMs } = statSync(`${out}/${path}`);
      expect(Buffer.compare(readFileSync(`${out}/${path}`), bytes)).toBe(0);
      expect({ mode: mode & 0o777, time: mtimeMs / 1000 }).toEqual({
        mode: executable ? 0o755 : 0o644,
        time: TIME,
      });
    }
  });

  test("has the same bytes for the same files in another order", () => {
    expect(Buffer.compare(pack(files, TIME), pack(files.toReversed(), TIME))).toBe(0);
  });
});

test("a tar refuses a path that it would have to cut", () => {
  expect(() => tarGz([{ path: "x".repeat(101), bytes: random, executable: false }], TIME)).toThrow(
    "too long",
  );
});

test("the sums can be read back, also those of sha256sum", () => {
  const sums = new Map([
    ["b.tar.gz", "b".repeat(64)],
    ["a.tar.gz", "a".repeat(64)],
  ]);
  expect(writeSums(sums)).toStartWith(`${"a".repeat(64)}  a.tar.gz\n`);
  expect(readSums(writeSums(sums))).toEqual(new Map([...sums].toReversed()));
  expect(() => readSums("<html>\n")).toThrow("not a line of SHA256SUMS: <html>");
});

test("targets are found by name", () => {
  expect(targetsNamed(["windows-x64"]).map((target) => archiveName(target, "1.0.0"))).toEqual([
    "statusline-1.0.0-windows-x64.zip",
  ]);
  expect(() => targetsNamed(["amiga"])).toThrow("no target amiga; there are linux-x64");
  expect(new Set(TARGETS.map(({ name }) => name)).size).toBe(8);
});
