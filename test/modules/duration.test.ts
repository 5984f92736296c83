import { expect, test } from "bun:test";
import { duration } from "../../src/modules/duration.ts";
import { HOUR, shown } from "./shown.ts";

test.each([
  [undefined, []],
  [0, []],
  [999, ["0s long", "0s"]],
  [1.25 * HOUR, ["1h15m long", "1h15m"]],
])("duration: %p ms", (total_duration_ms, forms) => {
  expect(shown(duration, { cost: { total_duration_ms } }, null)).toEqual(forms);
});
