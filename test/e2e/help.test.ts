import { describe, expect, test } from "bun:test";
import type { ValueKind } from "../../src/cli/definition.ts";
import { program } from "../../src/cli/definitions.ts";
import { all } from "../../src/cli/usage.ts";
import { inSandbox } from "../harness.ts";

const there = all();

/** A value of each kind that fits. */
const SAMPLES: Readonly<Record<ValueKind, string>> = {
  text: "default",
  number: "100",
  file: "picture.svg",
  theme: "nord",
  layout: "minimal",
  key: "theme",
  value: "nord",
  shell: "bash",
  command: "config",
};

describe("help", () => {
  test.each(["--help", "-h", "help"])("%s lists every command", (word) =>
    inSandbox(async (sandbox) => {
      const { exitCode, stdout, stderr } = await sandbox.run("", {}, [word]);
      expect([exitCode, stderr]).toEqual([0, ""]);
      for (const { name, summary } of program.subcommands ?? [])
        expect(stdout).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 20)}`, "m"));
    }));

  test("of every command and subcommand: usage, options, examples, whichever way it is asked for", () =>
    inSandbox(async (sandbox) => {
      for (const { path, definition } of there.slice(1)) {
        const asked = await sandbox.run("", {}, [...path, "--help"]);
        expect([path, asked.exitCode, asked.stderr]).toEqual([path, 0, ""]);
        expect(asked.stdout).toStartWith(`statusline ${path.join(" ")}: ${definition.summary}\n`);
        for (const { name } of [...(definition.options ?? []), ...(definition.subcommands ?? [])])
          expect(asked.stdout).toContain(` ${name} `.trimEnd());
        for (const [line] of definition.examples ?? []) expect(asked.stdout).toContain(`statusline ${line}`);
        expect((await sandbox.run("", {}, ["help", ...path])).stdout).toBe(asked.stdout);
        expect((await sandbox.run("", {}, [...path, "-h"])).stdout).toBe(asked.stdout);
      }
    }));

  test("a command that is asked for its help does nothing", () =>
    inSandbox(async (sandbox) => {
      await sandbox.run("", {}, ["config", "set", "theme", "nord", "--help"]);
      expect(await Bun.file(`${sandbox.home}/.claude/statusline.user.json`).exists()).toBe(false);
    }));
});

describe("a name that is not known", () => {
  test.each([
    [["confgure"], 'statusline: no command "confgure"; did you mean "configure"?'],
    [["Doctor"], 'statusline: no command "Doctor"; did you mean "doctor"?'],
    [["config", "chekc"], 'statusline config: no command "chekc"; did you mean "check"?'],
    [["state", "lable", "a", "b"], 'statusline state: no command "lable"; did you mean "label"?'],
    [["help", "config", "gett"], 'statusline config: no command "gett"; did you mean "get"?'],
    [["quite-something-else"], "available: setup, configure, config"],
    [["config", "quite-something-else"], "usage: statusline config"],
    [["-x"], 'no command "-x"'],
    [["constructor"], 'no command "constructor"'],
  ])("%j: exit 2 and one line with the nearest", (args, text) =>
    inSandbox(async (sandbox) => {
      const { exitCode, stdout, stderr } = await sandbox.run("", {}, args);
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr.trim().split("\n")).toHaveLength(1);
      expect(stderr).toContain(text);
    }));
});

describe("what is defined is what is accepted", () => {
  const withOptions = there.filter(({ path, definition }) => path.length > 0 && definition.options);

  test.each(withOptions)("$path: every option", ({ path, definition }) =>
    inSandbox(async (sandbox) => {
      const values = (definition.arguments ?? []).map(({ kind }) => SAMPLES[kind]);
      for (const { name, value } of definition.options ?? []) {
        const forms =
          value === undefined ? [[name]] : [[name, SAMPLES[value.kind]], [`${name}=${SAMPLES[value.kind]}`]];
        for (const form of forms) {
          // Releases are asked for where nobody answers.
          const env = { STATUSLINE_BASE_URL: "http://127.0.0.1:9" };
          const { stderr } = await sandbox.run("", env, [...path, ...values, ...form]);
          expect([form, stderr.includes("usage:")]).toEqual([form, false]);
        }
      }
    }));

  // What takes any flag refuses those that it does not know by a problem of its own.
  const strict = there.filter(({ path, definition: { flags } }) => path.length > 0 && flags === undefined);
  test.each(strict)("$path: no other option, and no further argument", ({ path, definition }) =>
    inSandbox(async (sandbox) => {
      const values = (definition.arguments ?? []).map(({ kind }) => SAMPLES[kind]);
      for (const further of ["--frobnicate", "frobnicate"]) {
        const { exitCode, stdout } = await sandbox.run("", {}, [...path, ...values, further]);
        expect([further, exitCode, stdout]).toEqual([further, 2, ""]);
      }
    }));
});
