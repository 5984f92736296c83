import { describe, expect, test } from "bun:test";
import { readOverrides } from "../../src/config/overrides.ts";
import { fields, given, problems } from "./given.ts";

const told = (...overrides: string[]) => {
  const [variables, flags] = readOverrides(overrides, fields);
  return {
    variables: given(variables),
    flags: given(flags),
    problems: [...problems(variables), ...problems(flags)],
  };
};

test.each<[string, object]>([
  ["STATUSLINE_THEME=nord", { theme: "nord" }],
  ["STATUSLINE_MAX_LINES=3", { maxLines: 3 }],
  ["STATUSLINE_MODULE_GIT_ENABLED=off", { "modules.git.enabled": false }],
  ["STATUSLINE_MODULE_GIT_REFRESH=5s", { "modules.git.refreshInterval": 5000 }],
  ['STATUSLINE_LINES=[["git"]]', { lines: [["git"]] }],
  ["STATUSLINE_COLOR_ENABLED=0", { "renderer.colorEnabled": false }],
])("the variable %s", (override, values) => {
  expect(told(override)).toEqual<unknown>({ variables: values, flags: {}, problems: [] });
});

test.each<[string, object]>([
  ["--theme=nord", { theme: "nord" }],
  ["--max-lines=3", { maxLines: 3 }],
  ["--enabled-git=false", { "modules.git.enabled": false }],
  ["--enabled-git", { "modules.git.enabled": true }],
  ["--ttl-git=1h", { "modules.git.cacheTTL": 3_600_000 }],
  ['--lines=[[{"module":"git","align":"right"}]]', { lines: [[{ module: "git", align: "right" }]] }],
])("the flag %s", (override, values) => {
  expect(told(override)).toEqual<unknown>({ variables: {}, flags: values, problems: [] });
});

describe("refused", () => {
  test.each<[string, string[]]>([
    ["--them=nord", ['--them: is not known; did you mean "--theme"?']],
    ["--xyzzyxyzzyx", ["--xyzzyxyzzyx: is not known"]],
    ["--theme", ['--theme: theme is "true"']],
    ["--theme=nrod", ['--theme: theme is "nrod"']],
    ["--theme=", ['--theme: theme is ""']],
    ["STATUSLINE_THEM=nord", ['STATUSLINE_THEM: is not known; did you mean "STATUSLINE_THEME"?']],
    ["STATUSLINE_MODULE_GTI_ENABLED=1", ['did you mean "STATUSLINE_MODULE_GIT_ENABLED"?']],
    ["STATUSLINE_MODULE_XYZZY_PLUGH=1", ["STATUSLINE_MODULE_XYZZY_PLUGH: is not known"]],
    ["STATUSLINE_MAX_LINES=many", ['STATUSLINE_MAX_LINES: maxLines is "many"']],
    ["STATUSLINE_LINES=git", ["STATUSLINE_LINES: lines is not a list of lines"]],
    ['STATUSLINE_LINES=[["gti"]]', ['STATUSLINE_LINES: lines no module "gti"']],
    ["STATUSLINE_SOMETHING_ELSE_ALTOGETHER=1", []],
  ])("%s", (override, expected) => {
    const { variables, flags, problems } = told(override);
    expect([variables, flags]).toEqual([{}, {}]);
    expect(problems).toHaveLength(expected.length);
    for (const [n, text] of expected.entries()) expect(problems[n]).toContain(text);
  });

  test.each([
    "STATUSLINE_MODULE_COMMAND_RUN=id",
    "--run-command=id",
    "--run-command",
    "STATUSLINE_MODULE_COMMAND_RUN=",
  ])("a command that is to be run: %s", (override) => {
    const name = override.replace(/=.*/, "");
    expect(told(override)).toEqual({
      variables: {},
      flags: {},
      problems: [
        `${name}: modules.command.run cannot be set here; expected it in your own configuration file`,
      ],
    });
  });
});

const OWN_FILES_ONLY = ["reports.dsn", "reports.sampleRate", "modules.command.run"];

test("each option can be set by its variable and by its flag, but for those of a person's own files", () => {
  expect(
    fields
      .filter(({ ownFilesOnly }) => ownFilesOnly)
      .map(({ key }) => key)
      .sort(),
  ).toEqual(OWN_FILES_ONLY.toSorted());
  for (const { key, variable, flag, default: value } of fields) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const expected = OWN_FILES_ONLY.includes(key) ? {} : { [key]: value };
    expect(told(`${variable}=${text}`).variables).toEqual(expected);
    expect(told(`${flag}=${text}`).flags).toEqual(expected);
  }
});

test("the last of several flags counts; an = in the value is part of it", () => {
  expect(told("--theme=nord", "--theme=mono").flags).toEqual({ theme: "mono" });
  expect(told("--theme=a=b").problems[0]).toContain('is "a=b"');
});
