import { describe, expect, test } from "bun:test";
import type { Field } from "../../src/config/fields.ts";
import { modules } from "../../src/modules/all.ts";
import { fields, given, problems, read } from "./given.ts";

/** A file that sets an option to its default. */
function fileWith({ path, default: value }: Field): string {
  return JSON.stringify(path.reduceRight((inner, name) => ({ [name]: inner }), value));
}

/** All that a project may set; an option that is not here is refused, a new one too. */
const LOOKS = new Set([
  ..."layout theme icons separator charset links maxLines padding lines".split(" "),
  ...["account.always", "context.cells", "git.maxLength", "limits.cells"].map((name) => `modules.${name}`),
  ...modules
    .filter(({ moduleId }) => moduleId !== "command")
    .map(({ moduleId }) => `modules.${moduleId}.enabled`),
]);

describe("a project may set how things look", () => {
  const look = fields.filter(({ key }) => LOOKS.has(key));

  test("each of them is an option", () => {
    expect(look).toHaveLength(LOOKS.size);
  });

  test.each(look.map((field) => [field.key, field] as const))("%s", (key, field) => {
    const layer = read(fileWith(field), "project");
    expect(problems(layer)).toEqual([]);
    expect(given(layer)).toEqual({ [key]: field.default });
  });
});

describe("a project may not set what is run, asked, written, kept or believed", () => {
  const others = fields.filter(({ key }) => !LOOKS.has(key));

  test.each(others.map((field) => [field.key, field] as const))("%s", (key, field) => {
    const layer = read(fileWith(field), "project");
    expect(given(layer)).toEqual({});
    expect(problems(layer)[0]).toEndWith(`: ${key} cannot be set by a project; expected it in your own file`);
    expect(given(read(fileWith(field), "user"))).toEqual({ [key]: field.default });
    expect(given(read(fileWith(field), "config"))).toEqual({ [key]: field.default });
  });
});

test("what it may not set is told with its place, and the rest counts", () => {
  const layer = read('{"modules": {"command": {"run": "id"}},\n "theme": "nord"}', "project");
  expect(problems(layer)).toEqual([
    "f:1:26: modules.command.run cannot be set by a project; expected it in your own file",
  ]);
  expect(given(layer)).toEqual({ theme: "nord" });
});
