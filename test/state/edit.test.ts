import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parse } from "yaml";
import { changesBetween, editLines, editNodes } from "../../src/state/edit.ts";
import { blockField, blockItem, type Plain, type YamlFields } from "../../src/state/yaml-text.ts";

const value = fc.letrec<{ plain: Plain }>((tie) => ({
  plain: fc.oneof(
    { maxDepth: 2 },
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("plain"), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie("plain"), { maxKeys: 3 }),
  ),
})).plain;
const fields = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), value, { minKeys: 1 });

describe("fields a line each", () => {
  test("say what they are to say, and no other line is another one", () => {
    fc.assert(
      fc.property(fields, fields, fc.constantFrom("", "  "), (before, wanted, indent) => {
        const known = Object.fromEntries(Object.entries(wanted).filter(([name]) => name in before));
        const changes = changesBetween(before, known as YamlFields);
        fc.pre(changes.length > 0);
        const text = blockItem(before as YamlFields, indent);
        const edited = editLines(text, before as YamlFields, changes);
        expect(edited).not.toBeNull();
        expect(parse(edited ?? "")).toEqual(parse(editNodes(text, changes)));
        for (const [name, value] of Object.entries(before))
          if (!changes.some(({ path }) => path[0] === name))
            expect(edited).toContain(blockField(name, value, `${indent}  `).slice(indent.length + 2));
      }),
    );
  });

  test("keep a line separator in a text as it is", () => {
    const change = [{ path: ["b"], value: "one\u2028two" }];
    const text = "  - a: 1\n    b: [] # mine\n";
    expect(parse(editNodes(text, change))).toEqual([{ a: 1, b: "one\u2028two" }]);
  });

  test("are an item of a list, or stand by themselves", () => {
    const change = [{ path: ["b", "c"], value: 3 }];
    const before = { a: 1, b: { c: 2 } };
    expect(editLines("  - a: 1\n    b: {c: 2}\n", before, change)).toBe("  - a: 1\n    b: {c: 3}\n");
    expect(editLines("a: 1\nb: {c: 2}\n", before, change)).toBe("a: 1\nb: {c: 3}\n");
  });

  test.each([
    ["a comment behind it", "- a: {b: 1} # mine\n"],
    ["another layout", "- a: { b: 1 }\n"],
    ["a comment behind a nested one", "- a:\n    b: 1 # mine\n"],
    ["a nested key twice", "- a:\n    b: 1\n    b: 1\n"],
    ["quotes", '- "a": {b: 1}\n'],
    ["an anchor", "- a: &x {b: 1}\n"],
    ["another column", "-   a: {b: 1}\n"],
    ["CR LF", "- a: {b: 1}\r\n"],
    ["no line end", "- a: {b: 1}"],
    ["the key twice", "- a: {b: 1}\n  a: {b: 1}\n"],
    ["nothing but a text that looks like it", "- c: |\n    a: {b: 1}\n"],
    ["one line for all", "- {a: {b: 1}}\n"],
  ])("are left to the library where there is %s", (_, text) => {
    expect(editLines(text, { a: { b: 1 } }, [{ path: ["a", "b"], value: 2 }])).toBeNull();
  });

  test.each([
    ["- a: {b: 1}\n", "- a: {b: 2}\n  n:\n    c: [3]\n", "a person's one line stays one"],
    ["- a:\n    b: 1\n", "- a:\n    b: 2\n  n:\n    c: [3]\n", "a line each"],
    [
      "- a:\n    # mine\n\n    b: 1\n    # and mine\n",
      "- a:\n    # mine\n\n    b: 2\n    # and mine\n  n:\n    c: [3]\n",
      "comments between the fields",
    ],
  ])("are changed or added in the layout that they have: %j", (text, expected) => {
    const changes = [
      { path: ["a", "b"], value: 2 },
      { path: ["n"], value: { c: [3] } },
    ];
    const edited = editLines(text, { a: { b: 1 } }, changes);
    expect(edited?.replace("c:\n      - 3\n", "c: [3]\n").replace('"n"', "n")).toBe(expected);
  });
});
