import { describe, expect, test } from "bun:test";
import { readFileSync, statSync } from "node:fs";
import { Value } from "@sinclair/typebox/value";
import { parse } from "jsonc-parser";
import { configSchema } from "../../src/config/schema.ts";
import { modules } from "../../src/modules/all.ts";
import { inSandbox, type Sandbox } from "../harness.ts";
import { configure, fields, fileOf, write } from "./configured.ts";

const config = (sandbox: Sandbox, args: string[], env = {}) => sandbox.run("", env, ["config", ...args]);
const schema = configSchema(modules);

describe("init", () => {
  test("a file with every option as a comment, that says nothing yet", () =>
    inSandbox(async (sandbox) => {
      const path = fileOf(sandbox, "user");
      const { exitCode, stdout, stderr } = await config(sandbox, ["init"]);
      expect([exitCode, stdout, stderr]).toEqual([0, `${path}\n`, ""]);
      const text = sandbox.read(path);
      for (const { description, expected } of fields)
        expect(text).toContain(`// ${description} (${expected})`);
      const nothing = parse(text);
      expect(Value.Check(schema, nothing)).toBe(true);
      expect(
        Object.values({ ...nothing, modules: {}, $schema: {} }).flatMap((each) =>
          Object.keys(each as object),
        ),
      ).toEqual([]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const told = JSON.parse((await config(sandbox, ["--json"])).stdout);
      for (const { key } of fields) expect([key, told.values[key].origin.layer]).toEqual([key, "default"]);
    }));

  test("uncommented, it says the defaults, and is in order", () =>
    inSandbox(async (sandbox) => {
      const path = fileOf(sandbox, "user");
      await config(sandbox, ["init"]);
      write(path, sandbox.read(path).replace(/^( *)\/\/ (".*,)$/gm, "$1$2"));
      expect((await config(sandbox, ["check"])).stdout).toBe("the configuration is valid\n");
      expect(Value.Check(schema, parse(sandbox.read(path)))).toBe(true);
      const told = JSON.parse((await config(sandbox, ["--json"])).stdout);
      for (const { key, default: byDefault } of fields) {
        const { value, origin } = told.values[key];
        expect([key, value, origin.layer]).toEqual([key, byDefault, "user"]);
      }
    }));

  test("the schema that it names is there, and is what `config schema` prints", () =>
    inSandbox(async (sandbox) => {
      await config(sandbox, ["init"]);
      const address = parse(sandbox.read(fileOf(sandbox, "user"))).$schema;
      expect(new URL(address).protocol).toBe("file:");
      const written = readFileSync(Bun.fileURLToPath(address), "utf8");
      expect(written).toBe((await config(sandbox, ["schema"])).stdout);
      const { $schema, title, ...rest } = JSON.parse(written);
      expect([$schema, title]).toEqual(["http://json-schema.org/draft-07/schema#", "statusline"]);
      expect(rest).toEqual(JSON.parse(JSON.stringify(schema)));
    }));

  test("what is there is not written over", () =>
    inSandbox(async (sandbox) => {
      const text = configure(sandbox, { theme: "nord" });
      const { exitCode, stderr } = await config(sandbox, ["init"]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("already exists\n`statusline config edit` opens it.\n");
      expect(sandbox.read(fileOf(sandbox, "user"))).toBe(text);
    }));
});

test.each([
  ["nothing", {}, true],
  ["a look", { layout: "full", theme: "nord", lines: [["git", { module: "time", align: "right" }]] }, true],
  ["times", { modules: { cost: { refreshInterval: "5m", timeout: 9000 } } }, true],
  ["the address of the schema", { $schema: "https://example.org" }, true],
  ["an unknown option", { thme: "nord" }, false],
  ["an unknown module", { modules: { cots: {} } }, false],
  ["an unknown theme", { theme: "norrd" }, false],
  ["too small a number", { padding: -1 }, false],
  ["too large a number", { modules: { git: { maxLength: 201 } } }, false],
  ["text for a switch", { modules: { git: { enabled: "true" } } }, false],
  ["too short a time", { modules: { cost: { timeout: 9 } } }, false],
  ["no time", { modules: { cost: { refreshInterval: "soon" } } }, false],
  ["an unknown module on a line", { lines: [["gti"]] }, false],
  ["no lines", { lines: [] }, false],
])("the schema and the program agree on %s", (_, value, good) =>
  inSandbox(async (sandbox) => {
    expect(Value.Check(schema, value)).toBe(good);
    write(fileOf(sandbox, "user"), JSON.stringify(value));
    expect((await config(sandbox, ["check"])).exitCode).toBe(good ? 0 : 1);
  }));

describe("edit", () => {
  const EDITOR = 'printf \'{"theme": "%s"}\' "$THEME" >';
  test.each([
    ["a good change", { EDITOR, THEME: "nord" }, 0, "the configuration is valid\n", ""],
    ["a bad change", { EDITOR, THEME: "norrd" }, 1, "", 'theme is "norrd"'],
    ["an editor that fails", { EDITOR: "exit 3;" }, 1, "", "exit 3; exited with 3\n"],
    ["VISUAL before EDITOR", { VISUAL: EDITOR, EDITOR: "false", THEME: "nord" }, 0, "valid\n", ""],
  ])("%s", (_, env, code, out, error) =>
    inSandbox(async (sandbox) => {
      configure(sandbox, {});
      const { exitCode, stdout, stderr } = await config(sandbox, ["edit"], env);
      expect(exitCode).toBe(code);
      expect(stdout).toEndWith(out);
      expect(stderr).toContain(error);
      if ("THEME" in env)
        expect(JSON.parse(sandbox.read(fileOf(sandbox, "user")))).toEqual({ theme: env.THEME });
    }));

  test("without a file it makes one first; a blank in its path does no harm", () =>
    inSandbox(async (sandbox) => {
      const HOME = `${sandbox.path}/my home`;
      const { exitCode, stdout } = await config(sandbox, ["edit"], {
        HOME,
        EDITOR: "cp -f /dev/stdin /dev/null; cat",
      });
      expect(exitCode).toBe(0);
      expect(stdout).toContain("// the colours (one of calm");
    }));
});

test.each([
  "frob",
  "get",
  "get a b",
  "set theme",
  "set theme nord latte",
  "unset",
  "init x",
  "edit x",
  "check x",
  "schema x",
  "path x",
  "--json x",
  "--theme nord",
])("config %s is wrong usage: exit 2 and one line", (command) =>
  inSandbox(async (sandbox) => {
    const { exitCode, stdout, stderr } = await config(sandbox, command.split(" "));
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toStartWith("usage: statusline config [--json]");
    expect(stderr.trim().split("\n")).toHaveLength(1);
  }));
