import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const FRAME = /^\S.*$/;

function withSettings(sandbox: Sandbox, text: string): void {
  mkdirSync(`${sandbox.home}/.claude`, { recursive: true });
  writeFileSync(`${sandbox.home}/.claude/settings.json`, text);
}

const statusLine = (command: string, more: object = {}) =>
  JSON.stringify({ statusLine: { type: "command", command, ...more } });

test("lines in place of a row are cut to the usable width", async () => {
  await inSandbox(async (sandbox) => {
    for (const input of ["", "{", "[]", "{}"]) {
      const lines = await sandbox.lines(input, { COLUMNS: "20" });
      for (const line of lines) {
        expect(line).toMatch(FRAME);
        expect(Bun.stringWidth(line)).toBeLessThanOrEqual(16);
      }
    }
    const [wide] = await sandbox.lines("{", { COLUMNS: "80" });
    expect(wide).toBe("statusline: the input cannot be read");
  });
});

test("doctor gives line and column of settings that are not JSON", async () => {
  await inSandbox(async (sandbox) => {
    withSettings(sandbox, '{\n  "statusLine": {\n    "type": "command",,\n  }\n}\n');
    const { stdout } = await sandbox.run("", {}, ["doctor"]);
    expect(stdout).toContain("settings.json is not JSON (line 3, column 23)");
    expect(stdout).not.toContain("no statusLine");
  });
});

test("doctor quotes the command to run, or the first useful line of its stderr", async () => {
  await inSandbox(async (sandbox) => {
    withSettings(sandbox, statusLine("exit 3"));
    const silent = await sandbox.run("", {}, ["doctor"]);
    expect(silent.stdout).toContain("`echo '{}' | exit 3`");
    expect(silent.stdout).not.toContain("COMMAND");
    withSettings(sandbox, statusLine("printf '\\n \\nthe cause\\nat a place\\n' >&2; exit 3"));
    const loud = await sandbox.run("", {}, ["doctor"]);
    expect(loud.stdout).toContain("it says: the cause");
  });
});

test("doctor says that padding has the wrong type", async () => {
  await inSandbox(async (sandbox) => {
    withSettings(sandbox, statusLine(`${process.cwd()}/dist/statusline`, { padding: "wide" }));
    const { stdout } = await sandbox.run("", {}, ["doctor"]);
    expect(stdout).toContain('is "wide", not a number of columns');
  });
});

test("doctor waits 5 s at most for a ccusage that hangs", async () => {
  await inSandbox(async (sandbox) => {
    sandbox.program("ccusage", '[ "$1" = --version ] && echo 20.0.0 && exit; exec sleep 60');
    const { stdout, ms } = await sandbox.run("", {}, ["doctor"]);
    expect(stdout).toContain("timed out after 5");
    expect(ms).toBeLessThan(20_000);
  });
}, 40_000);

test("config set puts the value below the comment that config init left, and unset restores the file", async () => {
  await inSandbox(async (sandbox) => {
    await sandbox.run("", {}, ["config", "init"]);
    const path = `${sandbox.home}/.claude/statusline.user.json`;
    const before = sandbox.read(path);
    for (const [key, value, line] of [
      ["theme", "nord", '"theme": "nord",'],
      ["modules.git.timeout", "3s", '"timeout": "3s",'],
    ] as const) {
      await sandbox.run("", {}, ["config", "set", key, value]);
      const lines = sandbox.read(path).split("\n");
      const at = lines.findIndex((each) => each.trim() === line);
      expect(lines[at - 1]?.trim()).toStartWith(`// ${line.split(":")[0]}:`);
      expect((await sandbox.run("", {}, ["config", "get", key])).stdout).toBe(`${value}\n`);
      await sandbox.run("", {}, ["config", "unset", key]);
      expect(sandbox.read(path)).toBe(before);
    }
  });
});

test("setup says in one line what ccusage would add and how", async () => {
  await inSandbox(async (sandbox) => {
    const { stdout } = await sandbox.run("", {}, ["setup", "--yes"]);
    expect(stdout.split("\n").filter((line) => line.includes("ccusage"))).toEqual([
      "ccusage is not on PATH; `npm install -g ccusage` adds the cost of today, of the 5-hour block and of the week",
    ]);
  });
});

test("config set says what it did, and config edit that it has no terminal", async () => {
  await inSandbox(async (sandbox) => {
    const set = await sandbox.run("", {}, ["config", "set", "theme", "nord"]);
    expect(set.stdout).toMatch(/^set theme to nord in \/.*statusline.*\n$/);
    const edit = await sandbox.run("", {}, ["config", "edit"]);
    expect(edit.exitCode).toBe(1);
    expect(edit.stderr).toContain("no terminal");
    const session = sessionIn("/", "0f0e0d0c-0b0a-4908-8706-050403020100");
    expect((await sandbox.lines(session)).join("")).not.toBe("");
  });
});
