import { expect, test } from "bun:test";
import { fast } from "../../src/modules/fast.ts";
import { shown } from "./shown.ts";

test.each([
  [true, ["fast"]],
  [false, []],
  [undefined, []],
])("fast: fast mode %p", (fast_mode, forms) => {
  expect(shown(fast, { fast_mode }, null)).toEqual(forms);
});
