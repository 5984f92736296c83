import { describe, expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { parse } from "jsonc-parser";
import { template } from "../../src/config/template.ts";
import { fields, schema } from "./given.ts";

const valid = (document: unknown) => Value.Check(schema, document);
const said = template(fields, "file:///x").replace(/^( *)\/\/ (".*)$/gm, "$1$2");

describe("the JSON Schema takes", () => {
  test.each<[string, unknown]>([
    ["nothing", {}],
    ["the template", parse(template(fields, "file:///x"))],
    ["the template with all options said", parse(said)],
    ["a time as text", { modules: { git: { timeout: "1h30m" } } }],
    ["a time as a number", { modules: { git: { timeout: 5000 } } }],
    ["lines", { lines: [["git", { module: "cost", priority: 5, align: "right" }], []] }],
    ["no lines", { lines: null }],
    ["a schema's address", { $schema: "file:///x" }],
  ])("%s", (_, document) => {
    expect([...Value.Errors(schema, document)].map(({ path, message }) => `${path} ${message}`)).toEqual([]);
    expect(valid(document)).toBe(true);
  });
});

describe("the JSON Schema refuses", () => {
  test.each<[string, unknown]>([
    ["no object", []],
    ["an unknown name", { them: "nord" }],
    ["an unknown theme", { theme: "nrod" }],
    ["a number as text", { maxLines: "3" }],
    ["too great a number", { maxLines: 21 }],
    ["an unknown module", { modules: { gti: {} } }],
    ["an unknown option", { modules: { git: { enable: true } } }],
    ["an option of another module", { modules: { project: { maxLength: 20 } } }],
    ["a time too short", { modules: { git: { timeout: 9 } } }],
    ["a time that is none", { modules: { git: { refreshInterval: "soon" } } }],
    ["an empty list of lines", { lines: [] }],
    ["a line that is none", { lines: ["git"] }],
    ["an unknown module in a line", { lines: [["gti"]] }],
    ["an unknown side", { lines: [[{ module: "git", align: "centre" }]] }],
    ["a place without a module", { lines: [[{ priority: 1 }]] }],
  ])("%s", (_, document) => {
    expect(valid(document)).toBe(false);
  });
});

test("it is JSON: nothing is lost where it is written", () => {
  expect(JSON.parse(JSON.stringify(schema))).toMatchObject({ type: "object", additionalProperties: false });
  for (const { path } of fields) {
    let node = JSON.parse(JSON.stringify(schema));
    for (const name of path) node = node.properties[name];
    expect([path, typeof node.description, "default" in node]).toEqual([path, "string", true]);
  }
});
