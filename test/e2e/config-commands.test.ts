import { describe, expect, test } from "bun:test";
import { existsSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { Value } from "@sinclair/typebox/value";
import { parse } from "jsonc-parser";
import { configSchema } from "../../src/config/schema.ts";
import { modules } from "../../src/modules/all.ts";
import { inSandbox, type Sandbox } from "../harness.ts";
import { configure, fields, fileOf, write } from "./configured.ts";

const config = (sandbox: Sandbox, ...args: string[]) => sandbox.run("", {}, ["config", ...args]);
const schema = configSchema(modules);

/** Runs a subcommand that must succeed without a word on stderr. @returns what it prints */
async function done(sandbox: Sandbox, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await config(sandbox, ...args);
  expect([args, exitCode, stderr]).toEqual([args, 0, ""]);
  return stdout;
}

describe("config", () => {
  test("a table of all options, with what they are and where that comes from", () =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { theme: "nord", "modules.cost.refreshInterval": 300_000 });
      const [head, ...rows] = (await done(sandbox, "--padding=2")).trimEnd().split("\n");
      expect(head).toMatch(/^OPTION +VALUE +FROM$/);
      expect(rows.map((row) => row.split(" ")[0])).toEqual(fields.map(({ key }) => key));
      for (const row of [
        /^theme +nord +\/.*statusline\.user\.json:2:12$/m,
        /^padding +2 +--padding$/m,
        /^modules\.cost\.refreshInterval +5m +\/.*json:5:26$/m,
        /^modules\.cost\.cacheTTL +15m +default$/m,
        /^lines +null +default$/m,
      ])
        expect(rows.join("\n")).toMatch(row);
    }));

  test("what is wrong is told beside it", () =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { theme: "norrd" });
      const { exitCode, stdout, stderr } = await config(sandbox, "--thme=nord");
      expect([exitCode, stdout.split("\n")[2]?.split(/ +/)[1]]).toEqual([0, "calm"]);
      expect(stderr).toContain('statusline.user.json:2:12: theme is "norrd"');
      expect(stderr).toContain('--thme: is not known; did you mean "--theme"?');
    }));

  test("path, and get in the form that set takes", () =>
    inSandbox(async (sandbox) => {
      expect(await done(sandbox, "path")).toBe(`${fileOf(sandbox, "user")}\n`);
      for (const [key, text] of [
        ["theme", "calm"],
        ["padding", "0"],
        ["lines", "null"],
        ["renderer.colorEnabled", "true"],
        ["renderer.rateLimitMs", "100ms"],
        ["modules.cost.refreshInterval", "3m"],
        ["modules.cost.maxRetries", "1"],
        ["modules.command.run", ""],
      ] as const) {
        expect([key, await done(sandbox, "get", key)]).toEqual([key, `${text}\n`]);
        await done(sandbox, "set", key, text);
        expect([key, await done(sandbox, "get", key)]).toEqual([key, `${text}\n`]);
      }
      const written = parse(sandbox.read(fileOf(sandbox, "user")));
      expect(Value.Check(schema, written)).toBe(true);
    }));
});

const commented = `{
  // my colours
  "theme": "nord", // as on the desk
  "modules": {
    /* often */ "cost": { "refreshInterval": "1m" }, // and dear
  },
}
`;

describe("set and unset", () => {
  test.each([
    ["another value", "set theme latte", commented.replace("nord", "latte")],
    ["the same value", "set theme nord", commented],
    ["one that is not there", "unset padding", commented],
    ["a number", "set padding 3", `{"padding": 3}`],
    ["a time in milliseconds", "set modules.cost.timeout 20000", `{"modules": {"cost": {"timeout": 20000}}}`],
    ["a time as text", "set modules.cost.timeout 20s", `{"modules": {"cost": {"timeout": "20s"}}}`],
    ["a switch", "set modules.git.enabled off", `{"modules": {"git": {"enabled": false}}}`],
    ["a command", "set modules.command.run date", `{"modules": {"command": {"run": "date"}}}`],
    ["lines", 'set lines [["git"],["cost"]]', `{"lines": [["git"], ["cost"]]}`],
  ])("%s: `%s`, and all else stays as it was", (_, command, text) =>
    inSandbox(async (sandbox) => {
      const path = fileOf(sandbox, "user");
      write(path, commented);
      const [verb, key] = command.split(" ");
      const said = await done(sandbox, ...command.split(" "));
      if (verb === "set") expect(said).toMatch(new RegExp(`^set ${key} to .+ in ${path}\n$`));
      else expect(said).toBe("");
      const after = sandbox.read(path);
      const merged = { ...parse(commented), ...parse(text) };
      merged.modules = { ...parse(commented).modules, ...parse(text).modules };
      merged.modules.cost = { ...parse(commented).modules.cost, ...parse(text).modules?.cost };
      expect(parse(after)).toEqual(merged);
      for (const comment of commented.match(/\/\/.*|\/\*.*?\*\//g) ?? []) expect(after).toContain(comment);
      if (text.includes("//")) expect(after).toBe(text);
      expect(Value.Check(schema, parse(after))).toBe(true);
      expect(await done(sandbox, "check")).toBe("the configuration is valid\n");
    }));

  test("unset takes the option out, and its comments' neighbours stay", () =>
    inSandbox(async (sandbox) => {
      write(fileOf(sandbox, "user"), commented);
      await done(sandbox, "unset", "modules.cost.refreshInterval");
      expect(parse(sandbox.read(fileOf(sandbox, "user")))).toEqual({ theme: "nord", modules: { cost: {} } });
      expect(sandbox.read(fileOf(sandbox, "user"))).toContain("// my colours");
      expect(await done(sandbox, "get", "modules.cost.refreshInterval")).toBe("3m\n");
    }));

  test.each([
    ["set theme norrd", 1, ['theme is "norrd"; expected one of calm, nord', 'did you mean "nord"?']],
    ["set padding -1", 1, ["padding is -1; expected a whole number from 0 to 100"]],
    ["set modules.cost.timeout 1ms", 1, ['is "1ms"; expected a time such as 10s', "from 10ms to 2m"]],
    ["set modules.cost.enabled maybe", 1, ['is "maybe"; expected true or false']],
    ['set lines [["gti"]]', 1, ['lines no module "gti"', 'did you mean "git"?']],
    [
      "set thme nord",
      2,
      ['no option "thme"; did you mean "theme"?', "`statusline config` lists all options."],
    ],
    ["get maxLength", 2, ['did you mean "modules.git.maxLength"?']],
    ["unset modules.cots.timeout", 2, ['did you mean "modules.cost.timeout"?']],
    ["get cells", 2, ['no option "cells"']],
  ])("`%s` is refused with %i, and the file is as it was", (command, code, texts) =>
    inSandbox(async (sandbox) => {
      write(fileOf(sandbox, "user"), commented);
      const { exitCode, stdout, stderr } = await config(sandbox, ...command.split(" "));
      expect([exitCode, stdout]).toEqual([code, ""]);
      for (const text of texts) expect(stderr).toContain(text);
      expect(sandbox.read(fileOf(sandbox, "user"))).toBe(commented);
    }));

  test("a value that something overrules: set, and the person is told", () =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { theme: "latte" }, "project");
      const { exitCode, stderr } = await config(sandbox, "set", "theme", "nord");
      expect([exitCode, stderr]).toEqual([
        0,
        `theme is overridden here by ${fileOf(sandbox, "project")}:2:12\n`,
      ]);
      const variable = await sandbox.run("", { STATUSLINE_PADDING: "3" }, ["config", "set", "padding", "1"]);
      expect(variable.stderr).toBe("padding is overridden here by STATUSLINE_PADDING\n");
    }));

  test.each([
    ["a file", true],
    ["nothing yet", false],
  ])("a link to %s is followed", (_, there) =>
    inSandbox(async (sandbox) => {
      const [path, kept] = [fileOf(sandbox, "user"), `${sandbox.path}/dotfiles/line.json`];
      write(`${sandbox.path}/dotfiles/other`, "");
      mkdirSync(`${sandbox.home}/.claude`);
      symlinkSync("../../dotfiles/line.json", path);
      if (there) write(kept, commented);
      await done(sandbox, "set", "theme", "latte");
      expect(lstatSync(path).isSymbolicLink()).toBe(true);
      expect(readFileSync(kept, "utf8")).toBe(
        there ? commented.replace("nord", "latte") : '{\n  "theme": "latte"\n}\n',
      );
    }));

  test("a byte order mark, line ends and tabs stay", () =>
    inSandbox(async (sandbox) => {
      const path = fileOf(sandbox, "user");
      write(path, '\ufeff{\r\n\t"theme": "nord"\r\n}\r\n');
      await done(sandbox, "set", "theme", "latte");
      await done(sandbox, "set", "padding", "1");
      expect(sandbox.read(path)).toBe('\ufeff{\r\n\t"theme": "latte",\r\n\t"padding": 1\r\n}\r\n');
    }));
});

describe("a file that cannot be used: one clear line, no trace", () => {
  const broken: Record<string, [make: (path: string) => void, set: RegExp]> = {
    "broken JSON": [
      (path) => write(path, '{\n "theme": ]'),
      /:2:11: this is not a JSON object\nFix it there/,
    ],
    "a list": [(path) => write(path, "[]"), /:1:1: this is not a JSON object\nFix it there/],
    "a folder": [(path) => mkdirSync(path, { recursive: true }), /a folder is where a file should be/],
    "a pipe": [
      (path) => {
        write(`${path}.x`, "");
        Bun.spawnSync(["mkfifo", path]);
      },
      /a pipe is where a file should be/,
    ],
    "a link to itself": [
      (path) => {
        write(`${path}.x`, "");
        symlinkSync(path, path);
      },
      /links lead round in a circle/,
    ],
    "below what is no folder": [
      (path) => write(path.slice(0, path.lastIndexOf("/")), "x"),
      /a file is where a folder should be/,
    ],
  };
  test.each(Object.keys(broken).map((kind) => [kind]))("%s", (kind) =>
    inSandbox(async (sandbox) => {
      const path = fileOf(sandbox, "user");
      const [make, told] = broken[kind] ?? [() => {}, /./];
      make(path);
      const before = existsSync(path) && statSync(path).isFile() ? sandbox.read(path) : null;
      for (const args of [
        ["set", "theme", "nord"],
        ["unset", "theme"],
      ]) {
        const { exitCode, stdout, stderr } = await config(sandbox, ...args);
        if (exitCode === 0 && args[0] === "unset") continue; // There was nothing to take out.
        expect([exitCode, stdout]).toEqual([1, ""]);
        expect(stderr).toMatch(told);
        expect(stderr).not.toContain("    at ");
      }
      const init = await config(sandbox, "init");
      expect(init.exitCode).toBe(1);
      expect(init.stderr).not.toContain("    at ");
      if (before !== null) expect(sandbox.read(path)).toBe(before);
    }));
});
