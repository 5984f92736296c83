import { expect, test } from "bun:test";
import { version } from "../../src/modules/version.ts";
import { shown } from "./shown.ts";

test("version: as the client tells it", () => {
  expect(shown(version, { version: "2.1.329" }, null)).toEqual(["v2.1.329"]);
  expect(shown(version, {}, null)).toEqual([]);
});
