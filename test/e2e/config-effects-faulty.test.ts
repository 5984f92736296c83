import { describe, expect, test } from "bun:test";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { findNodeAtLocation, parseTree } from "jsonc-parser";
import { isDuration } from "../../src/config/duration.ts";
import type { Field } from "../../src/config/fields.ts";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import {
  configure,
  fields,
  fileOf,
  newId,
  pastRateLimit,
  rendered,
  snapshot,
  type Values,
  write,
} from "./configured.ts";

const PLAIN = "y  │  Opus 5.5  │  ▎░░░░░░░░░ 2% 23.1k/1M · 944k until compaction";
const FAULTY = `${PLAIN}  │  ⚙⚠`;
/** The first line, without the clock at the right, which comes when it is known. */
async function firstLine(sandbox: Sandbox, document = sessionIn("/x/y", newId()), env = {}) {
  return (await rendered(sandbox, document, { env }))[0]?.replace(/ {2,}\d\d:\d\d$/, "");
}

async function check(sandbox: Sandbox): Promise<string[]> {
  const { exitCode, stdout, stderr } = await sandbox.run("", {}, ["config", "check"]);
  expect([exitCode, stdout]).toEqual([1, ""]);
  return stderr.trim().split("\n");
}

/** A value that is none for this option. */
function badValueOf({ key, schema, choices }: Field): unknown {
  if (key === "lines") return [["project"], ["cost", "gti"]];
  if (schema.type === "string") return key === "reports.dsn" ? "example.org/1" : 7;
  if (schema.type === "boolean") return "true";
  if (choices !== null) return `${choices[0]}x`;
  return isDuration(schema) ? "soon" : schema.maximum + 1;
}

test("a bad value in any option: it keeps its default, the row shows it, check says where and what", () =>
  inSandbox(async (sandbox) => {
    const values: Values = Object.fromEntries(fields.map((field) => [field.key, badValueOf(field)]));
    const text = configure(sandbox, values);
    expect(await firstLine(sandbox)).toBe(FAULTY);
    const { look, faulty, ...rest } = snapshot(sandbox, "/x/y", {}, []);
    expect([look.lines.length, look.separator, look.maxLines, faulty]).toEqual([2, "bar", 0, true]);
    for (const { key, path, default: byDefault } of fields.filter((field) => field.path[0] === "modules")) {
      const found = path.reduce<unknown>((node, part) => (node as Values)[part], rest);
      expect([key, found]).toEqual([key, byDefault]);
    }
    const wanted = fields.map((field) => {
      const { key, path, choices, expected } = field;
      const value = values[key];
      const root = parseTree(text);
      const at = key === "lines" ? [...path, 1, 1] : path;
      const before = text.slice(0, (root && findNodeAtLocation(root, [...at])?.offset) ?? 0).split("\n");
      const place = `${fileOf(sandbox, "user")}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
      if (key === "lines")
        return `${place}: lines no module "gti"; expected one of ${path.length === 1 ? MODULES : ""}; did you mean "git"?`;
      const like = typeof value === "string" && choices !== null ? choices[0] : undefined;
      const hint = like === undefined ? "" : `; did you mean "${value === "true" ? "true" : like}"?`;
      return `${place}: ${key} is ${JSON.stringify(value)}; expected ${expected}${hint}`;
    });
    expect((await check(sandbox)).sort()).toEqual(wanted.sort());
    const { stdout, exitCode } = await sandbox.run("", {}, ["config", "--json"]);
    const told = JSON.parse(stdout);
    expect([exitCode, told.problems.length]).toEqual([0, fields.length]);
    for (const { key, default: byDefault } of fields)
      expect([key, told.values[key].value]).toEqual([key, byDefault]);
  }));

const MODULES = fields
  .flatMap(({ path: [first, name, last] }) => (first === "modules" && last === "enabled" ? [name] : []))
  .join(", ");

describe("check names place, field, what is expected, and the nearest name", () => {
  test.each([
    ['{\n  "thme": "nord"\n}', '2:3: thme is not known; did you mean "theme"?'],
    [
      '{"theme": "norrd"}',
      '1:11: theme is "norrd"; expected one of calm, nord, dracula, gruvbox, catppuccin, tokyonight, mono, contrast, okabe, daylight, latte; did you mean "nord"?',
    ],
    ['{\n\t"modules": {\n\t\t"cots": {}\n\t}\n}', '3:3: modules.cots is not a module; did you mean "cost"?'],
    [
      '{"modules": {"cost": {"refreshIntervall": "5m"}}}',
      '1:23: modules.cost.refreshIntervall is not known; expected enabled, refreshInterval, cacheTTL, stalenessThreshold, timeout, retryBackoff, maxRetries, maxConcurrent; did you mean "refreshInterval"?',
    ],
    [
      '{"modules": {"cost": {"refreshInterval": "25h"}}}',
      '1:42: modules.cost.refreshInterval is "25h"; expected a time such as 10s, 5m, 1h, or milliseconds, from 0 to 1d',
    ],
    ['{"modules": {"cost": 5}}', "1:22: modules.cost is not a JSON object; expected { … }"],
    ['{"lines": []}', "1:11: lines has 0 lines; expected 1 to 20 lines"],
    [
      '{"lines": [["project"], "git"]}',
      "1:25: lines is not a line; expected a list of lines, each a list of module names",
    ],
    [
      '{"lines": [[{"module": "git", "align": "rigth"}]]}',
      '1:40: lines no alignment "rigth"; expected one of left, right, flex; did you mean "right"?',
    ],
    ['{"padding": 1, "padding": 2}', "1:16: padding is set twice"],
    ['{"padding": 1,\r\n "theme": ]', "2:11: cannot be read here: value expected"],
    ["[1]", "1:1: is not a JSON object; expected { … }"],
  ])("%j", (text, problem) =>
    inSandbox(async (sandbox) => {
      write(fileOf(sandbox, "user"), text);
      expect((await check(sandbox))[0]).toBe(`${fileOf(sandbox, "user")}:${problem}`);
      expect(await firstLine(sandbox)).toContain("⚙⚠");
      expect(sandbox.log()).toContain(`error config: ${fileOf(sandbox, "user")}:${problem}`);
    }));

  test.each([
    ["STATUSLINE_THEME", "norrd", 'STATUSLINE_THEME: theme is "norrd"; expected one of calm'],
    ["STATUSLINE_THEMEE", "nord", 'STATUSLINE_THEMEE: is not known; did you mean "STATUSLINE_THEME"?'],
    ["STATUSLINE_MODULE_COTS_REFRESH", "5m", 'is not known; did you mean "STATUSLINE_MODULE_COST_REFRESH"?'],
    ["STATUSLINE_PADDING", "wide", 'STATUSLINE_PADDING: padding is "wide"; expected a whole number'],
  ])("the variable %s=%s", (name, value, problem) =>
    inSandbox(async (sandbox) => {
      expect(await firstLine(sandbox, sessionIn("/x/y", newId()), { [name]: value })).toBe(FAULTY);
      const { exitCode, stderr } = await sandbox.run("", { [name]: value }, ["config", "check"]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(problem);
    }));

  test("a variable that is like none of ours is somebody else's", () =>
    inSandbox(async (sandbox) => {
      const env = { STATUSLINE_FROBNICATE: "1", STATUSLINE_PROFILE: "work" };
      expect(await firstLine(sandbox, sessionIn("/x/y", newId()), env)).toBe(PLAIN);
    }));
});

test("a file that is made, changed or removed shows in the very next render", () =>
  inSandbox(async (sandbox) => {
    const document = sessionIn(sandbox.path, newId());
    const rest = "Opus 5.5  │  ▎░░░░░░░░░ 2% 23.1k/1M · 944k until compaction";
    const name = sandbox.path.slice(sandbox.path.lastIndexOf("/") + 1);
    sandbox.env.STATUSLINE_MODULE_TIME_ENABLED = "false"; // The clock may have its zone by the second render.
    const next = async () => {
      await pastRateLimit();
      return firstLine(sandbox, document);
    };
    expect(await next()).toBe(`${name}  │  ${rest}`);
    configure(sandbox, { separator: "dot" }, "config");
    expect(await next()).toBe(`${name}  │  ${rest}`.replaceAll("  │  ", " · "));
    configure(sandbox, { separator: "slash" }, "user");
    expect(await next()).toBe(`${name}  │  ${rest}`.replaceAll("  │  ", " / "));
    configure(sandbox, { separator: "space" }, "project");
    expect(await next()).toBe(`${name}  │  ${rest}`.replaceAll("  │  ", "  "));
    configure(sandbox, { separator: "spcae" }, "project");
    expect(await next()).toBe(`${name}  │  ${rest}  │  ⚙⚠`.replaceAll("  │  ", " / "));
    for (const [layer, sign] of [
      ["project", " / "],
      ["user", " · "],
      ["config", "  │  "],
    ] as const) {
      rmSync(fileOf(sandbox, layer));
      expect(await next()).toBe(`${name}  │  ${rest}`.replaceAll("  │  ", sign));
    }
  }));

describe("a file that is no configuration: the row is there, and says so", () => {
  const kinds: Record<string, [make: (path: string) => void, problem: string, line?: string]> = {
    "cut off in the middle": [
      (path) => writeFileSync(path, '{"separator": "dot", "icons": "em'),
      ":1:31: cannot be read here: unexpected end of string",
      FAULTY.replaceAll("  │  ", " · "),
    ],
    "binary noise": [(path) => writeFileSync(path, "\u0000\u0001\ufffd{"), ":1:1: cannot be read here"],
    "a pipe": [(path) => void Bun.spawnSync(["mkfifo", path]), ": is not a file"],
    "a folder": [(path) => mkdirSync(path), ": is not a file"],
    "5 MB": [
      (path) => writeFileSync(path, `{"theme": "nord", "x": "${"x".repeat(5_000_000)}"}`),
      ": is too large for a configuration",
    ],
  };
  for (const [kind, [make, problem, line = FAULTY]] of Object.entries(kinds)) {
    test.each([["config"], ["user"], ["project"]] as const)(`${kind}: %s`, (layer) =>
      inSandbox(async (sandbox) => {
        const path = fileOf(sandbox, layer);
        mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
        make(path);
        const name = sandbox.path.slice(sandbox.path.lastIndexOf("/") + 1);
        const document = sessionIn(sandbox.path, newId());
        sandbox.env.STATUSLINE_MODULE_TIME_ENABLED = "false"; // The clock may have its zone by the second render.
        expect((await firstLine(sandbox, document))?.replace(name, "y")).toBe(line);
        await pastRateLimit();
        expect((await firstLine(sandbox, document))?.replace(name, "y")).toBe(line);
        expect((await check(sandbox))[0]).toStartWith(`${path}${problem}`);
      }));
  }

  test.each(["", " \n", "// nothing yet\n", "{}", "\ufeff{}"])("%j is nothing said, and no fault", (text) =>
    inSandbox(async (sandbox) => {
      write(fileOf(sandbox, "user"), text);
      expect(await firstLine(sandbox)).toBe(PLAIN);
    }));
});
