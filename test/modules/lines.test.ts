import { expect, test } from "bun:test";
import { lines } from "../../src/modules/lines.ts";
import { shown } from "./shown.ts";

test.each([
  [214, 38, ["+214 -38"]],
  [5, undefined, ["+5 -0"]],
  [undefined, 5, ["+0 -5"]],
  [0, 0, []],
  [undefined, undefined, []],
])("lines: %p added, %p removed", (total_lines_added, total_lines_removed, forms) => {
  expect(shown(lines, { cost: { total_lines_added, total_lines_removed } }, null)).toEqual(forms);
});
