import { expect, test } from "bun:test";
import { type ConfigProblem, nearest, placeOf, problemText } from "../../src/config/problem.ts";

const known = ["layout", "theme", "icons", "separator", "maxLines"];

test.each([
  ["them", "theme"],
  ["THEME", "theme"],
  ["maxlines", "maxLines"],
  ["seperater", "separator"],
  ["colour", null],
  ["x", null],
  ["", null],
])("%j is most like %p", (given, expected) => {
  expect(nearest(given, known)).toBe(expected);
});

test("of nothing known nothing is near", () => expect(nearest("a", [])).toBeNull());

const problem = (changes: Partial<ConfigProblem>): ConfigProblem => ({
  origin: { layer: "user", source: "/f", line: 3, column: 7 },
  field: "theme",
  message: 'is "x"',
  expected: "one of a, b",
  nearest: null,
  ...changes,
});

test.each<[Partial<ConfigProblem>, string]>([
  [{}, '/f:3:7: theme is "x"; expected one of a, b'],
  [{ nearest: "y" }, '/f:3:7: theme is "x"; expected one of a, b; did you mean "y"?'],
  [{ expected: "", field: "", message: "cannot be read" }, "/f:3:7: cannot be read"],
  [{ origin: { layer: "user", source: "/f" } }, '/f: theme is "x"; expected one of a, b'],
  [{ origin: { layer: "flag", source: "--theme" }, expected: "" }, '--theme: theme is "x"'],
])("%j reads %j", (changes, text) => {
  expect(problemText(problem(changes))).toBe(text);
});

test.each([
  [{ layer: "default", source: "" } as const, "default"],
  [{ layer: "layout", source: "classic" } as const, "classic"],
  [{ layer: "environment", source: "STATUSLINE_THEME" } as const, "STATUSLINE_THEME"],
  [{ layer: "user", source: "/f", line: 1, column: 2 } as const, "/f:1:2"],
])("%j is %s", (origin, text) => {
  expect(placeOf(origin)).toBe(text);
});
