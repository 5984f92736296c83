import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { makeFolder, TEMP_NAME, writeAtomic, writeAtomicIf } from "../../src/lib/atomic.ts";
import { Sandbox } from "../harness.ts";

let sandbox: Sandbox;
let folder: string;

beforeEach(() => {
  sandbox = new Sandbox();
  folder = `${sandbox.path}/a`;
});
afterEach(() => sandbox.remove());

const mode = (path: string) => statSync(path).mode & 0o777;

test("makes missing folders, for this user only, and a file for this user only", () => {
  writeAtomic(`${folder}/b/file`, "text ü");
  expect(readFileSync(`${folder}/b/file`, "utf8")).toBe("text ü");
  expect([mode(folder), mode(`${folder}/b`), mode(`${folder}/b/file`)]).toEqual([0o700, 0o700, 0o600]);
});

test("a file that others could read is private after it is replaced", () => {
  mkdirSync(folder);
  writeFileSync(`${folder}/file`, "a much longer text");
  chmodSync(`${folder}/file`, 0o644);
  writeAtomic(`${folder}/file`, "new");
  expect(readFileSync(`${folder}/file`, "utf8")).toBe("new");
  expect(mode(`${folder}/file`)).toBe(0o600);
});

test("replaces the file, so that a reader of the old one keeps the old one", () => {
  writeAtomic(`${folder}/file`, "old");
  const before = statSync(`${folder}/file`).ino;
  writeAtomic(`${folder}/file`, "new");
  expect(statSync(`${folder}/file`).ino).not.toBe(before);
});

test("gives the file the time it is told, to the millisecond", () => {
  for (let time = 1_700_000_000_123; time < 1_700_000_000_143; time++) {
    writeAtomic(`${folder}/file`, "", time);
    expect([statSync(`${folder}/file`).mtimeMs, Bun.file(`${folder}/file`).lastModified]).toEqual([
      time,
      time,
    ]);
  }
});

test("leaves nothing but the file", () => {
  for (let n = 0; n < 10; n++) writeAtomic(`${folder}/file`, String(n));
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("after a failure the temporary file is gone, what was there stays, and the error is told", () => {
  // A folder stands where the file should go: the rename fails, after the writing.
  mkdirSync(`${folder}/taken`, { recursive: true });
  expect(() => writeAtomic(`${folder}/taken`, "text")).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
  expect(readdirSync(folder)).toEqual(["taken"]);
});

test("a folder that cannot be made is an error", () => {
  writeFileSync(`${sandbox.path}/plain`, "");
  expect(() => writeAtomic(`${sandbox.path}/plain/file`, "")).toThrow(/ENOTDIR|EEXIST/);
});

test("a folder that already exists is no error", () => {
  makeFolder(folder);
  expect(() => makeFolder(folder)).not.toThrow();
});

test.each([
  ["entry.json.123.8f3a.tmp", true],
  ["entry.json", false],
  ["notes.tmp", false],
  ["entry.json.123.8f3a.tmp.txt", false],
])("the name %s is a temporary file's: %p", (name, expected) => {
  expect(TEMP_NAME.test(name)).toBe(expected);
});

test("a file that is not to be replaced after all stays, and nothing is left beside it", () => {
  writeAtomic(`${folder}/file`, "old");
  expect(writeAtomicIf(() => false, `${folder}/file`, "new")).toBe(false);
  expect(readFileSync(`${folder}/file`, "utf8")).toBe("old");
  const fail = () => {
    throw new Error("cannot tell");
  };
  expect(() => writeAtomicIf(fail, `${folder}/file`, "new")).toThrow("cannot tell");
  expect(writeAtomicIf(() => true, `${folder}/file`, "new")).toBe(true);
  expect(readFileSync(`${folder}/file`, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["file"]);
});
