import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { modules } from "../../src/modules/index.ts";
import { capture } from "../harness.ts";
import { shown } from "./shown.ts";

describe("every module", () => {
  const files = readdirSync(`${root}src/modules`).filter((name) => name !== "index.ts");
  const sessions = readdirSync(`${root}test/fixtures/captures`).filter((name) => name.startsWith("stdin-"));

  test("has a file of its name", () => {
    expect(modules.map(({ moduleId }) => `${moduleId}.ts`).sort()).toEqual(files.sort());
  });

  for (const module of modules) {
    test(`${module.moduleId} reads and formats every captured session`, async () => {
      if (module.fetch !== undefined) expect(module.schema).toBeDefined();
      for (const name of sessions) {
        for (const fetched of [null, "pending"] as const) {
          const forms = await shown(module, capture(name.replace(".json", "")), fetched);
          for (const form of forms.slice(0, 1)) expect(form).not.toBe("");
          const widths = forms.map((form) => Bun.stringWidth(form));
          expect(widths.at(-1) ?? 0).toBeLessThanOrEqual(widths[0] ?? 0);
        }
      }
    });
  }
});
