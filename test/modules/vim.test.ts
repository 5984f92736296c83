import { expect, test } from "bun:test";
import { vim } from "../../src/modules/vim.ts";
import { formsOf, shown } from "./shown.ts";

test.each([
  ["INSERT", ["INSERT", "I"], "good"],
  ["NORMAL", ["NORMAL", "N"], "accent"],
  ["VISUAL LINE", ["VISUAL LINE", "V"], "warn"],
])("vim: %s", (mode, texts, tone) => {
  expect(shown(vim, { vim: { mode } }, null)).toEqual(texts);
  for (const form of formsOf(vim, { vim: { mode } }, null)) expect(form[0]).toMatchObject({ tone });
});

test("vim: none without the client's vim keys", () => {
  expect(shown(vim, {}, null)).toEqual([]);
});
