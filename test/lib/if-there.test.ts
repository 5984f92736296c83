import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { ifThere, namesIn, pathsIn, removeIfThere } from "../../src/lib/if-there.ts";
import { Sandbox } from "../harness.ts";

let sandbox: Sandbox;
let folder: string;

beforeEach(() => {
  sandbox = new Sandbox();
  folder = `${sandbox.path}/folder`;
});
afterEach(() => sandbox.remove());

test("what is not there gives the other value; every other error is thrown", () => {
  const fail = (code: string) => () => {
    throw Object.assign(new Error(code), { code });
  };
  expect(ifThere(() => 7, null)).toBe(7);
  expect(ifThere(fail("ENOENT"), null)).toBeNull();
  expect(() => ifThere(fail("EACCES"), null)).toThrow("EACCES");
});

test("a file is removed, and one that is gone already is no error", () => {
  const path = `${sandbox.path}/file`;
  writeFileSync(path, "");
  expect([removeIfThere(path), removeIfThere(path)]).toEqual([true, false]);
  expect(existsSync(path)).toBe(false);
  mkdirSync(folder);
  expect(() => removeIfThere(folder)).toThrow();
});

test("a folder's content, by name and by path; a folder that is not there is empty", () => {
  expect([namesIn(folder), pathsIn(folder, ".a")]).toEqual([[], []]);
  mkdirSync(folder);
  for (const name of ["one.a", "two.b"]) writeFileSync(`${folder}/${name}`, "");
  expect(namesIn(folder).sort()).toEqual(["one.a", "two.b"]);
  expect(pathsIn(folder, ".a")).toEqual([`${folder}/one.a`]);
  expect(() => namesIn(`${folder}/one.a`)).toThrow("ENOTDIR");
});
