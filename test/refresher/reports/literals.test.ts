import { expect, test } from "bun:test";
import { literalsIn } from "../../../src/refresher/reports/literals.ts";

// `@{` stands for what begins a part that is filled in.
test.each<[string, string, string[]]>([
  ["texts in quotes", `const a = "one"; f("two");`, ["one", "two"]],
  ["escaped quotes", String.raw`f("a \"b\" c")`, [String.raw`a \"b\" c`]],
  ["templates, with what is filled in", "`@{a} of @{f({ b: 1 })} are`", ["{} of {} are"]],
  ["templates within templates", '`after @{a ? `@{b} s` : "never"}`', ["{} s", "never", "after {}"]],
  ["a backtick in a template", "`a \\` b`", ["a ` b"]],
  ["no comments", '// "one"\n/* "two" */ f("three"); /** `four` */', ["three"]],
  ["no regular expressions", 'x.replace(/["`]/g, "one"); const y = /[/"]/.test(z)', ["one"]],
  ["a division", 'const a = b / c; f("one"); d / e', ["one"]],
  ["a template that does not end", "`a", ["a"]],
])("%s", (_, source, texts) => {
  expect(literalsIn(source.replaceAll("@{", "${"))).toEqual(texts);
});
