import { expect, test } from "bun:test";
import fc from "fast-check";
import { baseName, parentOf, within } from "../../src/lib/paths.ts";
import { entryName, isSafeId, pathsBelow, recordPath } from "../../src/paths.ts";

const paths = pathsBelow("/c");

test("all shared files lie below session-health", () => {
  expect(Object.values(paths).filter((path) => within("/c/session-health", path) === null)).toEqual([]);
});

test.each([
  "e29dd9e2-cacc-42c3-9903-3ee3c7108021",
  "a",
  "A_1",
  "x".repeat(128),
])("%s may name a file", (id) => {
  expect(isSafeId(id)).toBe(true);
  expect(recordPath(paths, id)).toBe(`/c/session-health/${id}.json`);
});

test.each([
  "",
  ".",
  "..",
  "../x",
  "a/b",
  "a\\b",
  ".hidden",
  "-rf",
  "a b",
  "a\n",
  "a\0",
  "é",
  "a.json",
  "x".repeat(129),
])("%j may not name a file", (id) => {
  expect(isSafeId(id)).toBe(false);
  expect(() => recordPath(paths, id)).toThrow(RangeError);
});

test("no id leads out of the folder", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[./\\a-z]{1,8}$/)), (id) => {
      if (!isSafeId(id)) return;
      expect(parentOf(recordPath(paths, id))).toBe(paths.root);
    }),
  );
});

test("an entry's name has no part of its key, is the same each time, and differs between keys", () => {
  const name = entryName("git", "git:/home/me/../secret");
  expect(name).toMatch(/^git-[0-9a-f]{16}$/);
  expect(entryName("git", "git:/home/me/../secret")).toBe(name);
  expect(entryName("git", "git:/home/me")).not.toBe(name);
});

test.each([
  ["/a/b", "b", "/a"],
  ["/a/b/", "b", "/a"],
  ["/a", "a", "/"],
  ["/", "/", null],
  ["a", "a", null],
  ["C:\\a\\b", "b", "C:\\a"],
])("the name of %s is %s, its folder %s", (path, name, folder) => {
  expect(baseName(path)).toBe(name);
  expect(parentOf(path)).toBe(folder);
});

test.each([
  ["/a", "/a", ""],
  ["/a", "/a/b/c", "b/c"],
  ["/a", "/ab", null],
  ["/a", "/", null],
  ["/", "/a", "a"],
  ["/a/", "/a/b", "b"],
])("from %s, %s is %j", (base, path, relative) => {
  expect(within(base, path)).toBe(relative);
});
