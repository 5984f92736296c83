import { expect, test } from "bun:test";
import { count, flag, path, record, string } from "../../src/lib/fields.ts";

const kinds: readonly unknown[] = [undefined, null, true, 7, "text", [], [1], {}];

test.each([
  ["record", record, { a: 1 }, {}],
  ["string", string, "text", null],
  ["flag", flag, false, null],
  ["count", count, 7.5, null],
  ["path", path, "/a", null],
] as const)("%s: what is of its type stays, what is not is nothing", (_, read, value, nothing) => {
  expect(read(value)).toEqual(value as never);
  for (const other of kinds.filter((each) => typeof each !== typeof value))
    expect(read(other)).toEqual(nothing as never);
});

test.each([[[]], [[1]], [null]])("%j is no record", (value) => {
  expect(record(value)).toEqual({});
});

test("an empty string is none", () => {
  expect(string("")).toBeNull();
});

test.each([
  [0, 0],
  [-0, -0],
  [0.5, 0.5],
  [1e300, 1e300],
  [-1, null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  ["7", 7],
  [" 200000 ", 200_000],
  ["", null],
  [" ", null],
  ["7 tokens", null],
  ["-1", null],
  ["Infinity", null],
])("the count %p is %p", (value, expected) => {
  expect(count(value)).toBe(expected);
});

test.each([
  ["/", "/"],
  ["/a", "/a"],
  ["/a/", "/a"],
  ["/a//", "/a"],
  ["/a b/ü", "/a b/ü"],
  ["/a/../b", "/a/../b"],
  ["C:\\", "C:\\"],
  ["C:\\Users\\", "C:\\Users"],
  ["c:/Users/", "c:/Users"],
  ["", null],
  ["a/b", null],
  ["./a", null],
  ["~/a", null],
  ["C:a", null],
  ["\\\\wsl.localhost\\Ubuntu\\home\\me\\", "\\\\wsl.localhost\\Ubuntu\\home\\me"],
  ["\\home\\me", null],
  ["/a\0b", null],
])("the path %j is %j", (value, expected) => {
  expect(path(value)).toBe(expected);
});
