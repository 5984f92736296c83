import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { binary, inSandbox } from "../harness.ts";
import { bytesOf, call, copiesOf, done, ENTRY, entryIn, settingsOf, write } from "./setup-harness.ts";

const OTHER = '{"statusLine": {"type": "command", "command": "echo former"}, "model": "opus"}\n';

describe("setup", () => {
  test("without a terminal says how to do without, and writes nothing", () =>
    inSandbox(async (sandbox) => {
      for (const command of ["setup", "uninstall", "uninstall --purge"]) {
        const { exitCode, stdout, stderr } = await call(sandbox, command);
        expect([exitCode, stdout, stderr.split("\n")[0]]).toEqual([
          2,
          "",
          `statusline ${command.split(" ")[0]} asks before it writes, but there is no terminal`,
        ]);
      }
      expect(existsSync(`${sandbox.home}/.claude`)).toBe(false);
    }));

  test("--dry-run shows what it would do, and writes nothing", () =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), OTHER);
      expect((await done(sandbox, "setup --dry-run")).split("\n").slice(0, 3)).toEqual([
        path,
        '  - "statusLine": {"type": "command", "command": "echo former"}',
        `  + "statusLine": {"type": "command", "command": "cd /; exec ${binary}", "padding": 0, "refreshInterval": 10}`,
      ]);
      expect([...new Bun.Glob("**").scanSync({ cwd: sandbox.home, dot: true })]).toEqual([
        ".claude/settings.json",
      ]);
      await done(sandbox, "setup --yes");
      const after = bytesOf(path);
      expect(await done(sandbox, "uninstall --dry-run")).toContain(
        '+ "statusLine": {"type": "command", "command": "echo',
      );
      expect(bytesOf(path)).toBe(after);
    }));

  test("again changes nothing, or what is out of date, and loses nothing", () =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), OTHER);
      await done(sandbox, "setup --yes");
      const first = bytesOf(path);
      expect(await done(sandbox, "setup --yes")).toBe(`${path}: statusline is set up there already\n`);
      expect([bytesOf(path), copiesOf(path).length]).toEqual([first, 1]);
      await done(sandbox, "setup --yes --refresh=2.5");
      expect(entryIn(path)).toEqual({ ...ENTRY, refreshInterval: 2.5 });
      // What a person has changed in the entry stays.
      write(
        path,
        (first ?? "").replace(binary, `${binary} --theme=nord`).replace('"padding": 0', '"padding": 2'),
      );
      await done(sandbox, "setup --yes");
      expect(entryIn(path)).toEqual({ ...ENTRY, command: `cd /; exec ${binary} --theme=nord`, padding: 2 });
      await done(sandbox, "uninstall --yes");
      expect(bytesOf(path)).toBe(OTHER);
    }));

  test("from another place names that one, and keeps the flags", () =>
    inSandbox(async (sandbox) => {
      const moved = `${sandbox.path}/it's here/statusline`;
      mkdirSync(`${sandbox.path}/it's here`);
      Bun.spawnSync(["cp", binary, moved]);
      const command = `A=1 '${binary}' --theme=nord`;
      const path = write(settingsOf(sandbox), JSON.stringify({ statusLine: { type: "command", command } }));
      expect((await call(sandbox, "setup --yes", {}, moved)).exitCode).toBe(0);
      expect(entryIn(path).command).toBe(`A=1 '${sandbox.path}/it'\\''s here/statusline' --theme=nord`);
      const line = Bun.spawnSync(["/bin/sh", "-c", entryIn(path).command], {
        env: sandbox.env,
        stdin: "ignore",
      });
      expect(line.stdout.toString()).toStartWith("statusline: ");
    }));

  test("names the program by its name on PATH, where that leads to it", () =>
    inSandbox(async (sandbox) => {
      mkdirSync(`${sandbox.path}/bin`);
      symlinkSync(binary, `${sandbox.path}/bin/statusline`);
      await done(sandbox, "setup --yes", { PATH: `${sandbox.path}/bin:${sandbox.env.PATH}` });
      expect(entryIn(settingsOf(sandbox)).command).toBe(`cd /; exec ${sandbox.path}/bin/statusline`);
    }));

  test("says that hooks are off", () =>
    inSandbox(async (sandbox) => {
      write(settingsOf(sandbox), '{"disableAllHooks": true}');
      expect(await done(sandbox, "setup --yes")).toContain("disableAllHooks is set there");
    }));

  test("--project writes the project's settings, --all-accounts each directory's", () =>
    inSandbox(async (sandbox) => {
      const project = `${sandbox.path}/.claude/settings.json`;
      expect(await done(sandbox, "setup --yes --project")).toContain(
        "everyone who works on this project shares the file",
      );
      expect(entryIn(project)).toEqual(ENTRY);
      expect(existsSync(settingsOf(sandbox))).toBe(false);
      const work = write(`${sandbox.home}/.claude-work/settings.json`, OTHER);
      const old = write(`${sandbox.home}/.claude-old/settings.json`, "{ broken");
      const { exitCode, stderr } = await call(sandbox, "setup --yes --all-accounts");
      expect([exitCode, stderr.split("\n")[0]]).toEqual([1, `${old}:1:3: this is not JSON: invalid symbol`]);
      expect([entryIn(settingsOf(sandbox)), entryIn(work), bytesOf(old)]).toEqual([ENTRY, ENTRY, "{ broken"]);
      write(old, "{}");
      await done(sandbox, "uninstall --yes --all-accounts");
      expect([existsSync(settingsOf(sandbox)), bytesOf(work), bytesOf(old)]).toEqual([false, OTHER, "{}"]);
      expect(entryIn(project)).toEqual(ENTRY);
      await done(sandbox, "uninstall --yes --project");
      expect(existsSync(project)).toBe(false);
    }));

  test("in another configuration directory", () =>
    inSandbox(async (sandbox) => {
      const env = { CLAUDE_CONFIG_DIR: `${sandbox.path}/config` };
      await done(sandbox, "setup --yes", env);
      expect(entryIn(`${sandbox.path}/config/settings.json`)).toEqual(ENTRY);
      expect(existsSync(`${sandbox.home}/.claude`)).toBe(false);
    }));

  test.each([
    "setup now",
    "setup --frob",
    "setup --keep --replace",
    "setup --project --all-accounts",
    "setup --refresh",
    "setup --refresh 0.5",
    "setup --refresh=1e9",
    "setup --purge",
    "uninstall --keep",
    "uninstall --refresh 5",
    "uninstall --purge --project --yes",
    "setup yes",
  ])("%s is wrong usage", (line) =>
    inSandbox(async (sandbox) => {
      const { exitCode, stdout, stderr } = await call(sandbox, `${line}`);
      expect([exitCode, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
      expect(existsSync(`${sandbox.home}/.claude`)).toBe(false);
    }));
});

test("many setups at the same time write once, and lose nothing", () =>
  inSandbox(async (sandbox) => {
    const path = write(settingsOf(sandbox), OTHER);
    const runs = await Promise.all(
      Array.from({ length: 6 }, (_, n) => call(sandbox, `setup --yes${n % 2 ? " --keep" : ""}`)),
    );
    expect(runs.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(Array(6).fill([0, ""]));
    expect(entryIn(path)).toEqual(ENTRY);
    expect(copiesOf(path).map(bytesOf)).toEqual([OTHER]);
    const leavings = await Promise.all([call(sandbox, "uninstall --yes"), call(sandbox, "uninstall --yes")]);
    expect(leavings.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(bytesOf(path)).toBe(OTHER);
    expect(existsSync(`${sandbox.home}/.claude/statusline.user.json`)).toBe(false);
  }));
