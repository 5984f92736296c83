import { expect, test } from "bun:test";
import { style } from "../../src/modules/style.ts";
import { shown } from "./shown.ts";

test.each([
  [undefined, []],
  ["default", []],
  ["Learning", ["Learning", "Learning"]],
  ["Explanatory in plain English", ["Explanatory in plain En…", "Explanato…"]],
])("style: %p", (name, forms) => {
  expect(shown(style, { output_style: { name } }, null)).toEqual(forms);
});
