import { describe, expect, test } from "bun:test";
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { editFile } from "../../src/config/edit.ts";
import { UserError } from "../../src/lib/user-error.ts";
import { edited, given, Place, read } from "./given.ts";

describe("an option is set, and everything else stays", () => {
  test.each<[string, string, [string, unknown], string]>([
    ["in an empty file", "", ["theme", "nord"], '{\n  "theme": "nord"\n}\n'],
    ["in a file of blanks", " \n\n", ["theme", "nord"], '{\n  "theme": "nord"\n}\n'],
    ["over another value", '{ "theme": "mono" } // x\n', ["theme", "nord"], '{ "theme": "nord" } // x\n'],
    ["over the same value", '{"theme":"nord"}', ["theme", "nord"], '{"theme":"nord"}'],
    [
      "after the last",
      '{\n  "padding": 1\n}\n',
      ["theme", "nord"],
      '{\n  "padding": 1,\n  "theme": "nord"\n}\n',
    ],
    [
      "after a trailing comma",
      '{\n  "padding": 1,\n}\n',
      ["theme", "nord"],
      '{\n  "padding": 1,\n  "theme": "nord",\n}\n',
    ],
    [
      "after a comment behind the last",
      '{\n  "padding": 1 // one\n}\n',
      ["theme", "nord"],
      '{\n  "padding": 1, // one\n  "theme": "nord"\n}\n',
    ],
    [
      "after a comment behind a trailing comma",
      '{\n  "padding": 1, // one\n}\n',
      ["theme", "nord"],
      '{\n  "padding": 1, // one\n  "theme": "nord",\n}\n',
    ],
    [
      "with Windows' line ends",
      '{\r\n  "padding": 1 // one\r\n}\r\n',
      ["theme", "nord"],
      '{\r\n  "padding": 1, // one\r\n  "theme": "nord"\r\n}\r\n',
    ],
    [
      "with Windows' line ends and no comment",
      '{\r\n  "padding": 1\r\n}\r\n',
      ["theme", "nord"],
      '{\r\n  "padding": 1,\r\n  "theme": "nord"\r\n}\r\n',
    ],
    ["with tabs", '{\n\t"padding": 1\n}\n', ["theme", "nord"], '{\n\t"padding": 1,\n\t"theme": "nord"\n}\n'],
    [
      "with tabs, in a part that is not there yet",
      '{\n\t"padding": 1 // one\n}\n',
      ["modules.git.enabled", false],
      '{\n\t"padding": 1, // one\n\t"modules": {\n\t\t"git": {\n\t\t\t"enabled": false\n\t\t}\n\t}\n}\n',
    ],
    [
      "in a part that is there",
      '{\n    "modules": {\n        "git": { "maxLength": 9 } // short\n    }\n}\n',
      ["modules.cost.enabled", false],
      '{\n    "modules": {\n        "git": { "maxLength": 9 }, // short\n        "cost": {\n            "enabled": false\n        }\n    }\n}\n',
    ],
    [
      "beside comments of every kind",
      '// top\n{\n  /* before */ "theme": /* in */ "mono", // behind\n  // below\n}\n// end\n',
      ["theme", "nord"],
      '// top\n{\n  /* before */ "theme": /* in */ "nord", // behind\n  // below\n}\n// end\n',
    ],
    [
      "in a file with a byte order mark",
      '\ufeff{\n  "theme": "mono"\n}\n',
      ["theme", "nord"],
      '\ufeff{\n  "theme": "nord"\n}\n',
    ],
  ])("%s", (_, before, [key, value], after) => {
    expect(edited(before, key, value)).toBe(after);
  });
});

describe("a file that is no configuration is refused, and stays as it is", () => {
  test.each([
    ['{"theme":', "cannot", 1, 10],
    ['{\n  "theme" "nord"\n}', "", 2, 11],
    ["[]", "", 1, 1],
    ['\n"theme"', "", 2, 1],
    ["{} x", "", 1, 4],
    ['\ufeff{"theme" 1}', "", 1, 10],
  ])("%j", (before, _, line, column) => {
    const place = new Place();
    place.write(place.user, before);
    const edit = () => editFile(place.user, [{ path: ["padding"], value: 1 }]);
    expect(edit).toThrow(new UserError(1, `${place.user}:${line}:${column}: this is not a JSON object`));
    expect(readFileSync(place.user, "utf8")).toBe(before);
  });

  test.each([
    '{"modules":5}',
    '{"modules":null}',
    '{"modules":{"git":[]}}',
    '{"modules":"x" // y\n}',
  ])("with something else where a part should be: %s", (before) => {
    const place = new Place();
    place.write(place.user, before);
    const edit = () => editFile(place.user, [{ path: ["modules", "git", "enabled"], value: true }]);
    expect(edit).toThrow(UserError);
    expect(edit).toThrow(`${place.user}:1:`);
    expect(readFileSync(place.user, "utf8")).toBe(before);
  });
});

describe("where the file lies", () => {
  const change = [{ path: ["theme"], value: "nord" }];

  test("a link is followed, and stays one", () => {
    const place = new Place();
    mkdirSync(`${place.home}/dotfiles`);
    place.write(`${place.home}/dotfiles/statusline.json`, '{"padding":1}');
    symlinkSync(`${place.home}/dotfiles/statusline.json`, place.user);
    editFile(place.user, change);
    expect(lstatSync(place.user).isSymbolicLink()).toBe(true);
    expect(given(read(readFileSync(`${place.home}/dotfiles/statusline.json`, "utf8")))).toEqual({
      padding: 1,
      theme: "nord",
    });
  });

  test("a file that is not there is made, with its folder", () => {
    const place = new Place();
    editFile(`${place.home}/new/statusline.json`, change);
    expect(given(read(readFileSync(`${place.home}/new/statusline.json`, "utf8")))).toEqual({ theme: "nord" });
  });

  test("nothing is made where there is nothing to say", () => {
    const place = new Place();
    editFile(place.user, []);
    expect(existsSync(place.user)).toBe(false);
  });
});
