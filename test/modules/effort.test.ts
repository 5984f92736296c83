import { expect, test } from "bun:test";
import { effort } from "../../src/modules/effort.ts";
import { shown } from "./shown.ts";

test.each([
  ["high", true, ["high · thinking", "high"]],
  ["high", false, ["high"]],
  ["high", undefined, ["high"]],
  [undefined, true, ["thinking"]],
  [undefined, false, []],
  [undefined, undefined, []],
])("effort: level %p, thinking %p", (level, enabled, forms) => {
  expect(shown(effort, { effort: { level }, thinking: { enabled } }, null)).toEqual(forms);
});
