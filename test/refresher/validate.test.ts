import { describe, expect, test } from "bun:test";
import type { StatusModule } from "../../src/module.ts";
import { parseSession } from "../../src/parse-session.ts";
import { validate } from "../../src/refresher/fetch.ts";

const module: StatusModule = {
  moduleId: "one",
  description: "a module",
  uses: [],
  icons: ["", "", ""],
  schema: (t) => t.Object({ count: t.Integer({ minimum: 0 }), name: t.Union([t.String(), t.Null()]) }),
  validate(cached) {
    const warnings = (cached as { count: number }).count > 9 ? ["too many"] : [];
    return { valid: (cached as { count: number }).count < 99, errors: [], warnings, sanitized: cached };
  },
  read: () => null,
  format: () => [],
};
const check = (data: unknown) => validate(module, data, parseSession("{}"));

describe("a value", () => {
  test("that fits is valid", () => {
    const value = { count: 1, name: null };
    expect(check(value)).toEqual({ valid: true, errors: [], warnings: [], sanitized: value });
  });

  test("loses what the schema does not know, and stays as it was itself", () => {
    const value = { count: 1, name: "a", secret: "b" };
    expect(check(value).sanitized).toEqual({ count: 1, name: "a" });
    expect(value).toHaveProperty("secret");
  });

  test("that the module doubts is valid, with a warning", () => {
    expect(check({ count: 10, name: null })).toMatchObject({ valid: true, warnings: ["too many"] });
  });

  test("that the module refuses is not valid", () => {
    expect(check({ count: 99, name: null })).toMatchObject({ valid: false });
  });

  test.each([
    ["a wrong type", { count: "1", name: null }, "/count"],
    ["a figure out of range", { count: -1, name: null }, "/count"],
    ["a missing field", { count: 10 }, "/name"],
    ["no object", 7, "value"],
    ["nothing", undefined, "value"],
  ])("with %s is not valid, and the module is not asked", (_, value, place) => {
    const { valid, errors, warnings } = check(value);
    expect([valid, warnings]).toEqual([false, []]);
    expect(errors.join("\n")).toContain(place);
  });
});
