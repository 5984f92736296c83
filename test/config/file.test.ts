import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { positionOf } from "../../src/config/file.ts";
import { given, problems, read } from "./given.ts";

test.each<[string, string, object]>([
  ["nothing", "", {}],
  ["blanks", " \n\t ", {}],
  ["comments alone", "// nothing\n/* at all */", {}],
  ["an empty object", "{}", {}],
  ["an option", '{"theme":"nord"}', { theme: "nord" }],
  ["comments", '// a\n{ /* b */ "theme" /* c */ : "nord" // d\n}', { theme: "nord" }],
  ["a trailing comma", '{"theme":"nord",}', { theme: "nord" }],
  ["trailing commas in lines", '{"lines":[["git",],],}', { lines: [["git"]] }],
  ["a byte order mark", '\ufeff{"theme":"nord"}', { theme: "nord" }],
  ["Windows' line ends", '{\r\n\t"theme": "nord",\r\n\t"padding": 2\r\n}\r\n', { theme: "nord", padding: 2 }],
  ["escapes", '{"modules":{"command":{"run":"echo \\"\\u00fc\\""}}}', { "modules.command.run": 'echo "ü"' }],
  ["an escaped name", '{"\\u0074heme":"nord"}', { theme: "nord" }],
  ["a time", '{"modules":{"git":{"timeout":"5s"}}}', { "modules.git.timeout": 5000 }],
  ["empty parts", '{"modules":{"git":{}},"broker":{}}', {}],
  ["a schema", '{"$schema":"file:///x","theme":"nord"}', { theme: "nord" }],
])("a file of %s is in order", (_, text, values) => {
  const layer = read(text);
  expect(problems(layer)).toEqual([]);
  expect(given(layer)).toEqual<unknown>(values);
});

describe("what cannot be used is told with its place; the rest counts", () => {
  const rest = { padding: 1 };
  test.each<[string, string, string, object]>([
    [
      "an unknown name",
      '{\n  "padding": 1,\n  "them": "nord"\n}',
      'f:3:3: them is not known; did you mean "theme"?',
      rest,
    ],
    [
      "in a file with a mark",
      '\ufeff{"padding":1,"them":0}',
      'f:1:14: them is not known; did you mean "theme"?',
      rest,
    ],
    [
      "behind Windows' line ends",
      '{\r\n"padding":1,\r\n "them":0}',
      'f:3:2: them is not known; did you mean "theme"?',
      rest,
    ],
    [
      "behind a tab and wide characters",
      '{"padding":1,\n\t/* 日😀 */"xyzzyx":0}',
      "f:2:11: xyzzyx is not known",
      rest,
    ],
    ["a name that is like none", '{"padding":1,"xyzzyx":0}', "f:1:14: xyzzyx is not known", rest],
    [
      "an unknown module",
      '{"padding":1,"modules":{"gti":{}}}',
      'f:1:25: modules.gti is not a module; did you mean "git"?',
      rest,
    ],
    [
      "an unknown option of a module",
      '{"padding":1,"modules":{"project":{"enable":true}}}',
      'f:1:36: modules.project.enable is not known; expected enabled, refreshInterval, cacheTTL, stalenessThreshold, timeout, retryBackoff, maxRetries, maxConcurrent; did you mean "enabled"?',
      rest,
    ],
    [
      "a value of the wrong type",
      '{"padding":1,"maxLines":\n "3"}',
      'f:2:2: maxLines is "3"; expected a whole number from 0 to 20',
      rest,
    ],
    [
      "a part that is no object",
      '{"padding":1,"modules":[]}',
      "f:1:24: modules is not a JSON object; expected { … }",
      rest,
    ],
    [
      "a module that is no object",
      '{"padding":1,"modules":{"git":true}}',
      "f:1:31: modules.git is not a JSON object; expected { … }",
      rest,
    ],
    ["a second time", '{"padding":2,\n"padding":1}', "f:2:1: padding is set twice", rest],
    [
      "a second part",
      '{"modules":{"git":{"enabled":false}},"modules":{"git":{"maxLength":9}}}',
      "f:1:38: modules is set twice",
      { "modules.git.enabled": false, "modules.git.maxLength": 9 },
    ],
    [
      "a fault within lines",
      '{"padding":1,"lines":[["git"],\n  ["cost", {"module": "gti"}]]}',
      'f:2:23: lines no module "gti"; expected one of',
      rest,
    ],
    [
      "a line that is none",
      '{"padding":1,"lines":[["git"],\n  "cost"]}',
      "f:2:3: lines is not a line; expected a list of lines",
      rest,
    ],
    ["no object", "[]", "f:1:1: is not a JSON object; expected { … }", {}],
    ["a text", '\n  "theme"', "f:2:3: is not a JSON object; expected { … }", {}],
    ["null", "null", "f:1:1: is not a JSON object; expected { … }", {}],
  ])("%s", (_, text, problem, values) => {
    const layer = read(text);
    expect(problems(layer)).toHaveLength(1);
    expect(problems(layer)[0]).toStartWith(problem);
    expect(given(layer)).toEqual<unknown>(values);
  });
});

describe("a file that is no JSON is told of once, at the place", () => {
  test.each<[string, string, object]>([
    [
      '{"padding":1 "theme":"nord"}',
      "f:1:14: cannot be read here: comma expected",
      { padding: 1, theme: "nord" },
    ],
    [
      '{\n  "padding": 1,\n  "theme" "nord"\n}',
      "f:3:11: cannot be read here: colon expected",
      { padding: 1 },
    ],
    ['{"padding":1,"theme":}', "f:1:22: cannot be read here: value expected", { padding: 1 }],
    [
      '{"padding":1,\r\n"theme":"nord',
      "f:2:9: cannot be read here: unexpected end of string",
      { padding: 1 },
    ],
    ['{"padding":1', "f:1:13: cannot be read here: close brace expected", { padding: 1 }],
    ['{"padding":1}\n}', "f:2:1: cannot be read here: end of file expected", { padding: 1 }],
    ["{'padding':1}", "f:1:2: cannot be read here: invalid symbol", {}],
    ["\ufeffx", "f:1:1: cannot be read here: invalid symbol", {}],
    ["\0", "f:1:1: cannot be read here: invalid symbol", {}],
  ])("%j", (text, problem, values) => {
    const layer = read(text);
    expect(problems(layer)).toHaveLength(1);
    expect(problems(layer)[0]).toStartWith(problem);
    expect(given(layer)).toMatchObject(values);
  });

  test("any text at all is read or told of, never thrown at", () => {
    const piece = fc.constantFrom(
      ...'{ } [ ] , : " \\ // /* */ \n null 1 theme nord lines git'.split(" "),
      '"theme"',
      '"lines"',
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(piece).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (text) => {
        const { problems } = read(text);
        for (const { origin } of problems) {
          expect(origin.line).toBeGreaterThan(0);
          expect(origin.column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ["", 0, 1, 1],
  ["abc", 2, 1, 3],
  ["a\nb", 2, 2, 1],
  ["a\r\nb", 3, 2, 1],
  ["a\rb", 2, 2, 1],
  ["a\n\n\tb", 4, 3, 2],
])("in %j offset %i is line %i, column %i", (text, offset, line, column) => {
  expect(positionOf(text, offset)).toEqual({ line, column });
});
