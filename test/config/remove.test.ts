import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { edited, given, problems, read } from "./given.ts";

describe("an option is taken out, and everything else stays", () => {
  test.each<[string, string, string, string]>([
    ["that is not there", '{\n  "padding": 1\n}\n', "theme", '{\n  "padding": 1\n}\n'],
    ["of a part that is not there", "{}", "modules.git.enabled", "{}"],
    ["the only one", '{\n  "theme": "nord"\n}\n', "theme", "{\n}\n"],
    ["the only one, with a trailing comma", '{\n  "theme": "nord",\n}\n', "theme", "{\n}\n"],
    [
      "on one line",
      '{ "padding": 1, "theme": "nord", "links": "auto" }',
      "theme",
      '{ "padding": 1, "links": "auto" }',
    ],
    ["the first on one line", '{ "theme": "nord", "links": "auto" }', "theme", '{ "links": "auto" }'],
    ["the last on one line", '{ "padding": 1, "theme": "nord" }', "theme", '{ "padding": 1 }'],
    [
      "the first",
      '{\n  "theme": "nord",\n  // mine\n  "padding": 1\n}\n',
      "theme",
      '{\n  // mine\n  "padding": 1\n}\n',
    ],
    [
      "the last, behind a comment on the one before",
      '{\n  "padding": 1, // one\n  "theme": "nord"\n}\n',
      "theme",
      '{\n  "padding": 1 // one\n}\n',
    ],
    [
      "the last with a trailing comma",
      '{\n  "padding": 1, // one\n  "theme": "nord",\n}\n',
      "theme",
      '{\n  "padding": 1, // one\n}\n',
    ],
    [
      "one with a comment of its own",
      '{\n  "padding": 1,\n  "theme": "nord", // my favourite\n  "links": "auto"\n}\n',
      "theme",
      '{\n  "padding": 1,\n  // my favourite\n  "links": "auto"\n}\n',
    ],
    [
      "one of several lines",
      '{\r\n\t"lines": [\r\n\t\t["git"]\r\n\t],\r\n\t"padding": 1\r\n}\r\n',
      "lines",
      '{\r\n\t"padding": 1\r\n}\r\n',
    ],
    [
      "one within a part",
      '{\n  "modules": {\n    "git": { "enabled": false, "maxLength": 9 }\n  }\n}\n',
      "modules.git.enabled",
      '{\n  "modules": {\n    "git": { "maxLength": 9 }\n  }\n}\n',
    ],
    ["in a file with a byte order mark", '\ufeff{"theme":"nord"}', "theme", "\ufeff{}"],
  ])("%s", (_, before, key, after) => {
    expect(edited(before, key, undefined)).toBe(after);
  });
});

describe("whatever stands in the file, the option is there afterwards and nothing else has changed", () => {
  const trivia = fc.constantFrom("", " ", "\n  ", " // a comment\n  ", " /* one */ ", "\r\n\t", "\n\n");
  const option = fc.constantFrom(
    ...[
      '"theme": "mono"',
      '"padding" : 3',
      '"lines":[["git",],]',
      '"modules": {"git":{"enabled":true,}}',
      '"links":"auto"',
    ],
  );
  const file = fc
    .record({
      options: fc.uniqueArray(option, { maxLength: 4 }),
      between: fc.array(trivia, { minLength: 12, maxLength: 12 }),
      comma: fc.boolean(),
    })
    .map(({ options, between, comma }) => {
      const all = options.map((each, n) => `${between[2 * n]}${each}${between[2 * n + 1]}`);
      return `${between[10]?.trimStart()}{${all.join(",")}${comma && all.length > 0 ? "," : ""}${between[11]}}`;
    });
  const comments = (text: string) => [...text.matchAll(/\/\/ a comment|\/\* one \*\//g)].join();
  const change = fc.constantFrom<[string, unknown]>(
    ["theme", "nord"],
    ["theme", undefined],
    ["modules.git.enabled", false],
    ["modules.git.enabled", undefined],
    ["modules.cost.enabled", false],
    ["lines", [["cost"]]],
    ["lines", undefined],
    ["broker.maxCacheSize", 10],
  );

  test("in any order of options, comments and commas", () => {
    fc.assert(
      fc.property(file, change, (before, [key, value]) => {
        const after = read(edited(before, key, value));
        const { [key]: _, ...others } = given(read(before));
        expect(problems(after)).toEqual([]);
        expect(given(after)).toEqual(value === undefined ? others : { ...others, [key]: value });
        expect(comments(edited(before, key, value))).toBe(comments(before));
      }),
      { numRuns: 400 },
    );
  });
});
