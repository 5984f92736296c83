import { describe, expect, test } from "bun:test";
import { fieldNamed, typedValue } from "../../src/config/edit.ts";
import { UserError } from "../../src/lib/user-error.ts";
import { field, fields } from "./given.ts";

describe("what a person types", () => {
  test.each<[string, string, unknown]>([
    ["theme", "nord", "nord"],
    ["modules.git.timeout", "5s", "5s"],
    ["modules.git.enabled", "off", false],
    ["maxLines", "3", 3],
    ["lines", '[["git"]]', [["git"]]],
  ])("%s %s", (key, text, value) => {
    expect(typedValue(field(key), text)).toEqual(value);
  });

  test.each<[string, string, string, string]>([
    ["theme", "nrod", 'theme is "nrod"; expected one of calm, nord', 'did you mean "nord"?'],
    ["maxLines", "x", 'maxLines is "x"; expected a whole number from 0 to 20', ""],
    ["lines", '[["gti"]]', 'lines no module "gti"; expected one of project', 'did you mean "git"?'],
  ])("%s %s is refused", (key, text, message, hint) => {
    const typed = () => typedValue(field(key), text);
    expect(typed).toThrow(message);
    expect(typed).toThrow(expect.objectContaining({ code: 1, hint }));
  });

  test.each([
    ["them", 'no option "them"; did you mean "theme"?'],
    ["rateLimitMs", 'no option "rateLimitMs"; did you mean "renderer.rateLimitMs"?'],
    ["modules.gti.enabled", 'no option "modules.gti.enabled"; did you mean "modules.git.enabled"?'],
    ["", 'no option ""'],
    ["xyzzyxyzzy", 'no option "xyzzyxyzzy"'],
  ])("there is no option %j", (key, message) => {
    expect(() => fieldNamed(key, fields)).toThrow(new UserError(2, message));
    expect(fieldNamed("theme", fields).key).toBe("theme");
  });
});
