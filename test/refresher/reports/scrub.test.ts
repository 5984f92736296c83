import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { UserError } from "../../../src/lib/user-error.ts";
import { ownFiles, ownMessages } from "../../../src/refresher/reports/own-source.ts";
import { classOf, framesOf, sourceOf, templateOf } from "../../../src/refresher/reports/scrub.ts";

const UNKNOWN = "a message that is not the program's own";

describe("a message becomes the text that it was made from", () => {
  test.each([
    ["timed out after 35 s", "timed out after {}"],
    ["/home/ann/bin/ccusage: timed out after 5 s", "timed out after {}"],
    ["/home/ann/x: y/file: permission denied", "permission denied"],
    ["ccusage: endTime is not a time", "ccusage: {} is not a time"],
    ["ENOENT: no such file or directory, open '/home/ann/x'", "no such file or directory{}"],
    ["value/usd: Expected number", "Expected {}"],
    ["ccusage is not on PATH", "ccusage is not on PATH"],
    ["undefined is not an object (evaluating 'ann.secret')", UNKNOWN],
    ["ghp_16C7e42F292c6912E7710c838347Ae178B4a", UNKNOWN],
    ["", UNKNOWN],
  ])("%s", (message, template) => {
    expect(templateOf(message)).toBe(template);
  });

  test("whatever it is, what comes out is a text of our own", () => {
    const known = new Set([
      ...ownMessages(),
      UNKNOWN,
      "Expected {}",
      "no such file or directory{}",
      "permission denied{}",
    ]);
    const filled = fc
      .tuple(fc.constantFrom(...known), fc.string())
      .map(([text, word]) => text.replaceAll("{}", word));
    fc.assert(fc.property(fc.oneof(fc.string(), filled), (message) => known.has(templateOf(message))));
  });

  test("a message made to be searched for long is not", () => {
    const start = performance.now();
    templateOf("a: ".repeat(300) + "{} ".repeat(300));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

test.each<[string, unknown, string]>([
  ["a class of the language", new TypeError("x"), "TypeError"],
  ["a system error", Object.assign(new Error("x"), { code: "EACCES" }), "EACCES"],
  ["a class of ours", new UserError(1, "x"), "UserError"],
  ["another class", new (class AnnError extends Error {})("x"), "Error"],
  ["another name", Object.assign(new Error("x"), { name: "/home/ann" }), "Error"],
  ["another code", Object.assign(new Error("x"), { code: "ann" }), "Error"],
  ["a text", "text", "Error"],
  ["nothing", undefined, "Error"],
])("the class of an error: %s", (_, error, name) => {
  expect(classOf(error)).toBe(name);
});

describe("the frames of an error", () => {
  const thrownWith = (stack: string) => Object.assign(new Error("x"), { stack });

  test("are those in our own source", () => {
    const stack = [
      "Error: x",
      "    at f (src/lib/exec.ts:12:3)",
      "    at async src/refresher/step.ts:4:5",
      "    at g (node_modules/yaml/dist/index.js:1:2)",
      "    at h (/home/ann/src/lib/exec.ts:1:2)",
      "    at i (src/ann/secret.ts:1:2)",
    ].join("\n");
    expect(framesOf(thrownWith(stack))).toEqual([
      { file: "src/lib/exec.ts", line: 12, column: 3 },
      { file: "src/refresher/step.ts", line: 4, column: 5 },
    ]);
  });

  test("are twenty at most, and none where there is no stack", () => {
    const stack = "    at f (src/lib/exec.ts:12:3)\n".repeat(50);
    expect(framesOf(thrownWith(stack))).toHaveLength(20);
    expect(framesOf("text")).toEqual([]);
  });
});

test("the source of an error is a module or another part of the program", () => {
  expect(sourceOf("git", ["git", "cost"])).toBe("git");
  expect(sourceOf("sweep", ["git"])).toBe("sweep");
  expect(sourceOf("/home/ann", ["git"])).toBe("other");
});

test("the lists of files and messages are those of this source", () => {
  expect(ownFiles()).toContain("src/refresher/reports/scrub.ts");
  expect(ownMessages()).toContain("timed out after {}");
  expect(ownMessages().every((text) => text.includes(" "))).toBe(true);
});
