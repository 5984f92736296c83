import { expect, test } from "bun:test";
import { api } from "../../src/modules/api.ts";
import { HOUR, shown } from "./shown.ts";

test.each([
  [HOUR / 4, HOUR, ["25% API, 15m", "25% API"]],
  [0, HOUR, ["0% API, 0s", "0% API"]],
  // Several requests at once wait longer than the session has lasted.
  [2 * HOUR, HOUR, ["100% API, 2h", "100% API"]],
  [0, 0, []],
  [HOUR, undefined, []],
  [undefined, HOUR, []],
])("api: %p of %p ms", (total_api_duration_ms, total_duration_ms, forms) => {
  expect(shown(api, { cost: { total_api_duration_ms, total_duration_ms } }, null)).toEqual(forms);
});
