import { describe, expect, test } from "bun:test";
import { accept, rawOf } from "../../src/config/fields.ts";
import { field, fields } from "./given.ts";

const TIME = "a time such as 10s, 5m, 1h, or milliseconds, from 0 to 1d";
const LAYOUTS = "one of default, classic, minimal, powerline, ascii, full";

test.each<[string, unknown, unknown]>([
  ["theme", "nord", "nord"],
  ["maxLines", 0, 0],
  ["maxLines", 20, 20],
  ["lines", null, null],
  ["lines", [["git"]], [["git"]]],
  ["modules.git.enabled", false, false],
  ["modules.git.refreshInterval", 0, 0],
  ["modules.project.timeout", 10, 10],
  ["modules.git.refreshInterval", "1d", 86_400_000],
  ["modules.git.refreshInterval", "1h30m", 5_400_000],
  ["modules.git.refreshInterval", "86400000", 86_400_000],
  ["modules.command.run", "", ""],
  ["modules.command.run", "echo 'ü'", "echo 'ü'"],
  ["reports.dsn", "off", "off"],
  ["reports.dsn", "https://key@o1.ingest.example.org/12", "https://key@o1.ingest.example.org/12"],
  ["reports.dsn", "http://key@127.0.0.1:9000/a/b/12", "http://key@127.0.0.1:9000/a/b/12"],
  ["reports.sampleRate", 0.25, 0.25],
  ["renderer.rateLimitMs", 0, 0],
])("%s takes %j", (key, raw, value) => {
  expect(accept(field(key), raw)).toEqual({ value });
});

test.each<[string, unknown, string, string]>([
  ["theme", "Nord", 'is "Nord"', ""],
  ["theme", 5, "is 5", ""],
  ["theme", null, "is null", ""],
  ["layout", "ful", 'is "ful"', LAYOUTS],
  ["layout", ["full"], 'is ["full"]', LAYOUTS],
  ["maxLines", 21, "is 21", "a whole number from 0 to 20"],
  ["maxLines", -1, "is -1", "a whole number from 0 to 20"],
  ["maxLines", 1.5, "is 1.5", "a whole number from 0 to 20"],
  ["maxLines", "3", 'is "3"', "a whole number from 0 to 20"],
  ["modules.git.enabled", "true", 'is "true"', "true or false"],
  ["modules.git.enabled", 1, "is 1", "true or false"],
  ["modules.git.refreshInterval", -1, "is -1", TIME],
  ["modules.git.refreshInterval", "25h", 'is "25h"', TIME],
  ["modules.git.refreshInterval", "soon", 'is "soon"', TIME],
  ["modules.git.refreshInterval", "99999999999999999999999d", 'is "99999999999999999999999d"', TIME],
  ["modules.git.refreshInterval", 1000.5, "is 1000.5", TIME],
  ["modules.git.refreshInterval", null, "is null", TIME],
  ["modules.git.refreshInterval", {}, "is {}", TIME],
  ["modules.command.run", 5, "is 5", "text"],
  ["modules.command.run", null, "is null", "text"],
  ...[
    "x",
    "example.org/1",
    "ftp://key@example.org/1",
    "https://example.org/1",
    "https://key@example.org/",
    "https://k@h/1?a",
  ].map(
    (dsn) =>
      ["reports.dsn", dsn, `is "${dsn}"`, 'https://KEY@HOST/PROJECT, "off" or ""'] as [
        string,
        unknown,
        string,
        string,
      ],
  ),
  ["reports.sampleRate", 1.5, "is 1.5", "a number from 0 to 1"],
  ["reports.sampleRate", "0.5", 'is "0.5"', "a number from 0 to 1"],
])("%s refuses %j", (key, raw, message, expected) => {
  const result = accept(field(key), raw);
  expect(result).toMatchObject({ fault: { message, path: [] } });
  if (expected !== "" && "fault" in result) expect(result.fault.expected).toBe(expected);
});

test.each<[string, string, unknown]>([
  ["modules.git.enabled", "true", true],
  ["modules.git.enabled", "ON", true],
  ["modules.git.enabled", "1", true],
  ["modules.git.enabled", "yes", true],
  ["modules.git.enabled", "Off", false],
  ["modules.git.enabled", "0", false],
  ["modules.git.enabled", "no", false],
  ["modules.git.enabled", "", ""],
  ["modules.git.enabled", "maybe", "maybe"],
  ["maxLines", "3", 3],
  ["maxLines", "-3", -3],
  ["maxLines", "3.0", "3.0"],
  ["maxLines", "", ""],
  ["theme", "nord", "nord"],
  ["theme", "true", "true"],
  ["modules.git.timeout", "5s", "5s"],
  ["modules.git.timeout", "5000", 5000],
  ["modules.command.run", "5", "5"],
  ["reports.sampleRate", "0.25", 0.25],
  ["reports.sampleRate", "much", "much"],
  ["lines", '[["git"]]', [["git"]]],
  ["lines", "null", null],
  ["lines", "git", "git"],
])("%s written as the text %j is %j", (key, text, raw) => {
  expect(rawOf(field(key), text)).toEqual(raw);
});

describe("all options", () => {
  test.each(["key", "variable", "flag"] as const)("have a %s of their own", (name) => {
    const all = fields.map((each) => each[name]);
    expect(all.filter((each, n) => all.indexOf(each) !== n)).toEqual([]);
  });

  test("have names that a shell and a command line take", () => {
    for (const { variable, flag } of fields) {
      expect(variable).toMatch(/^STATUSLINE_[A-Z]+(_[A-Z]+)*$/);
      expect(flag).toMatch(/^--[a-z]+(-[a-z]+)*$/);
      expect(variable).not.toMatch(/^STATUSLINE_(NOW|PROFILE|VERSION)$/);
    }
  });

  test("have a default that fits, also where it is typed", () => {
    for (const each of fields) {
      expect([each.key, accept(each, each.default)]).toEqual([each.key, { value: each.default }]);
      const text = typeof each.default === "string" ? each.default : JSON.stringify(each.default);
      expect([each.key, accept(each, rawOf(each, text))]).toEqual([each.key, { value: each.default }]);
    }
  });

  test("have a description and say what they take", () => {
    for (const { key, description, expected } of fields) {
      expect([key, description.length > 3, expected.length > 3]).toEqual([key, true, true]);
      expect([key, description]).not.toEqual([key, expect.stringMatching(/\.$|^\s|\s$|\n|^[A-Z][a-z]/)]);
    }
  });

  test.each([
    ["theme", "STATUSLINE_THEME", "--theme"],
    ["maxLines", "STATUSLINE_MAX_LINES", "--max-lines"],
    ["modules.git.refreshInterval", "STATUSLINE_MODULE_GIT_REFRESH", "--refresh-git"],
    ["modules.git.cacheTTL", "STATUSLINE_MODULE_GIT_TTL", "--ttl-git"],
    ["modules.cost.stalenessThreshold", "STATUSLINE_MODULE_COST_STALE", "--stale-cost"],
    ["modules.git.maxRetries", "STATUSLINE_MODULE_GIT_RETRIES", "--retries-git"],
    ["modules.git.retryBackoff", "STATUSLINE_MODULE_GIT_BACKOFF", "--backoff-git"],
    ["modules.git.maxLength", "STATUSLINE_MODULE_GIT_MAX_LENGTH", "--max-length-git"],
    ["renderer.rateLimitMs", "STATUSLINE_RATE_LIMIT_MS", "--rate-limit-ms"],
  ])("%s is %s and %s", (key, variable, flag) => {
    expect(field(key)).toMatchObject({ variable, flag });
  });
});
