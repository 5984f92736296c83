import { describe, expect, test } from "bun:test";
import { isDuration } from "../../src/config/duration.ts";
import { shownValue, template } from "../../src/config/template.ts";
import { field, fields, given, problems, read } from "./given.ts";

const ADDRESS = "file:///home/me/.claude/session-health/config-schema.json";
const text = template(fields, ADDRESS);
/** The template with all its options said. */
const said = text.replace(/^( *)\/\/ (".*)$/gm, "$1$2");

describe("the template", () => {
  test("says nothing, and has no fault", () => {
    expect(problems(read(text))).toEqual([]);
    expect(given(read(text))).toEqual({});
  });

  test("names the schema", () => {
    expect(text.split("\n")[1]).toBe(`  "$schema": ${JSON.stringify(ADDRESS)},`);
  });

  test("with all its options said gives exactly the defaults", () => {
    expect(problems(read(said))).toEqual([]);
    expect(given(read(said))).toEqual(Object.fromEntries(fields.map((each) => [each.key, each.default])));
  });

  test("explains each option in the line above it", () => {
    const lines = text.split("\n").map((line) => line.trim());
    for (const each of fields) {
      const at = lines.indexOf(`// ${each.description} (${each.expected})`);
      expect([each.key, at > 0]).toEqual([each.key, true]);
    }
    expect(lines.filter((line) => line.startsWith('// "')).length).toBe(fields.length);
  });
});

describe("a value as a person would write it", () => {
  test.each<[string, unknown, unknown]>([
    ["modules.git.timeout", 5000, "5s"],
    ["modules.git.refreshInterval", 90_000, "90s"],
    ["renderer.rateLimitMs", 0, "0"],
    ["maxLines", 5000, 5000],
    ["theme", "nord", "nord"],
    ["lines", null, null],
  ])("%s %j is %j", (key, value, shown) => {
    expect(shownValue(field(key), value)).toEqual(shown);
  });

  test("all durations have one", () => {
    for (const each of fields.filter(({ schema }) => isDuration(schema)))
      expect(shownValue(each, each.default)).toMatch(/^(0|\d+(ms|s|m|h|d))$/);
  });
});
