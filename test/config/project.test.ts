import { describe, expect, test } from "bun:test";
import type { Field } from "../../src/config/fields.ts";
import { fields, given, problems, read } from "./given.ts";

/** A file that sets an option to its default. */
function fileWith({ path, default: value }: Field): string {
  return JSON.stringify(path.reduceRight((inner, name) => ({ [name]: inner }), value));
}

const RUNS =
  /^(renderer|broker|performance)\.|^modules\.command\.|^modules\.model\.names$|\.(refreshInterval|cacheTTL|stalenessThreshold|timeout|maxRetries|retryBackoff|maxConcurrent)$/;

describe("a project may set how things look", () => {
  const look = fields.filter(({ key }) => !RUNS.test(key));

  test.each(look.map((field) => [field.key, field] as const))("%s", (key, field) => {
    const layer = read(fileWith(field), "project");
    expect(problems(layer)).toEqual([]);
    expect(given(layer)).toEqual({ [key]: field.default });
  });

  test("and these are among them", () => {
    const keys = look.map(({ key }) => key);
    const some = [
      "theme",
      "layout",
      "lines",
      "icons",
      "separator",
      "charset",
      "links",
      "maxLines",
      "padding",
    ];
    expect(keys).toEqual(expect.arrayContaining([...some, "modules.git.enabled", "modules.git.maxLength"]));
  });
});

describe("a project may not set what is run, asked, written, kept or believed", () => {
  const others = fields.filter(({ key }) => RUNS.test(key));

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
