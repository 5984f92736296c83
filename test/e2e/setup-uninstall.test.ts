import { describe, expect, test } from "bun:test";
import { existsSync, lstatSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { binary, inSandbox, sessionIn } from "../harness.ts";
import { FORMER_STYLES, STYLES } from "../settings/styles.ts";
import {
  bytesOf,
  call,
  copiesOf,
  done,
  ENTRY,
  entryIn,
  settingsOf,
  statusLine,
  userFile,
  write,
} from "./setup-harness.ts";

const OTHER = statusLine("echo former");
const ID = "53535353-1b42-4793-a1b8-0a533aba93f8";

describe("setup, then uninstall", () => {
  test.each([...STYLES, ...FORMER_STYLES])("leave settings with %s as they were, to the byte", (_, text) =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), text);
      const before = bytesOf(path);
      await done(sandbox, "setup --yes");
      expect(JSON.parse(sandbox.read(path).replace(/^\ufeff/, "")).statusLine).toEqual(ENTRY);
      expect(copiesOf(path).map(bytesOf)).toEqual([before]);
      await done(sandbox, "setup --yes --refresh 3");
      await done(sandbox, "uninstall --yes");
      expect(bytesOf(path)).toBe(before);
      expect(existsSync(`${sandbox.health}/former-statusline.json`)).toBe(false);
    }));

  test("leave no file where there was none", () =>
    inSandbox(async (sandbox) => {
      const path = settingsOf(sandbox);
      expect(await done(sandbox, "setup --yes")).toContain(`${path} (new)`);
      expect(entryIn(path)).toEqual(ENTRY);
      expect([statSync(path).mode & 0o777, statSync(`${sandbox.home}/.claude`).mode & 0o777]).toEqual([
        0o600, 0o700,
      ]);
      expect(copiesOf(path)).toEqual([]);
      expect(await done(sandbox, "uninstall --yes")).toContain("the file is removed");
      expect(existsSync(path)).toBe(false);
    }));

  test("keep the file's mode, and a link to it", () =>
    inSandbox(async (sandbox) => {
      const target = write(`${sandbox.path}/dotfiles/settings.json`, OTHER);
      Bun.spawnSync(["chmod", "640", target]);
      mkdirSync(`${sandbox.home}/.claude`);
      symlinkSync("../../dotfiles/settings.json", settingsOf(sandbox));
      await done(sandbox, "setup --yes");
      expect(entryIn(target)).toEqual(ENTRY);
      await done(sandbox, "uninstall --yes");
      expect([bytesOf(target), statSync(target).mode & 0o777]).toEqual([OTHER, 0o640]);
      expect(lstatSync(settingsOf(sandbox)).isSymbolicLink()).toBe(true);
    }));

  test("make the file that a link leads to", () =>
    inSandbox(async (sandbox) => {
      mkdirSync(`${sandbox.home}/.claude`);
      symlinkSync("later/settings.json", settingsOf(sandbox));
      await done(sandbox, "setup --yes");
      expect(entryIn(`${sandbox.home}/.claude/later/settings.json`)).toEqual(ENTRY);
      expect(lstatSync(settingsOf(sandbox)).isSymbolicLink()).toBe(true);
    }));
});

describe("uninstall", () => {
  const ours = JSON.stringify({ statusLine: ENTRY });

  test.each([
    ["no file", null],
    ["nothing of ours", '{"model": "opus"}'],
    ["another program's", statusLine("~/.claude/statusline.sh")],
  ])("with %s has nothing to do: exit code 0", (_, text) =>
    inSandbox(async (sandbox) => {
      const path = settingsOf(sandbox);
      if (text !== null) write(path, text);
      expect(await done(sandbox, "uninstall --yes")).toContain("statusline is not set up there");
      expect(bytesOf(path)).toBe(text);
    }));

  test("takes out what a person has put in by hand", () =>
    inSandbox(async (sandbox) => {
      const path = write(
        settingsOf(sandbox),
        `{"a": 1, "statusLine": {"type":"command","command":"'${binary}' -x"}}\n`,
      );
      await done(sandbox, "uninstall --yes");
      expect(bytesOf(path)).toBe('{"a": 1}\n');
    }));

  test.each([
    ["a command that runs ours in a way of its own", statusLine("cd / && statusline"), "in a custom way"],
    ["a file that is broken", "{", "this is not JSON"],
  ])("refuses %s: exit code 1", (_, text, message) =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), text);
      const { exitCode, stderr } = await call(sandbox, "uninstall --yes --purge");
      expect([exitCode, stderr, bytesOf(path)]).toEqual([1, expect.stringContaining(message), text]);
    }));

  test("refuses when another program has taken our place since, and forgets with --purge", () =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), statusLine("echo former"));
      await done(sandbox, "setup --yes");
      write(path, statusLine("echo third"));
      const { exitCode, stderr } = await call(sandbox, "uninstall --yes");
      expect([exitCode, stderr]).toEqual([
        1,
        expect.stringContaining("now belongs to another program, and stays"),
      ]);
      expect(existsSync(`${sandbox.health}/former-statusline.json`)).toBe(true);
      await done(sandbox, "uninstall --yes --purge");
      expect([bytesOf(path), existsSync(sandbox.health)]).toEqual([statusLine("echo third"), false]);
    }));

  test("after a person has put the former one back has nothing to do, and forgets", () =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), statusLine("echo former"));
      await done(sandbox, "setup --yes --keep");
      write(path, statusLine("echo former"));
      await done(sandbox, "uninstall --yes");
      expect(bytesOf(path)).toBe(statusLine("echo former"));
      expect(existsSync(`${sandbox.health}/former-statusline.json`)).toBe(false);
      expect(existsSync(userFile(sandbox))).toBe(false);
    }));

  test("does nothing when what was remembered cannot be read", () =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), ours);
      write(`${sandbox.health}/former-statusline.json`, "{");
      for (const command of ["setup --yes", "uninstall --yes"]) {
        const { exitCode, stderr } = await call(sandbox, command);
        expect([exitCode, stderr]).toEqual([
          1,
          expect.stringContaining("former-statusline.json: the record"),
        ]);
      }
      expect(bytesOf(path)).toBe(ours);
    }));

  test("--purge says what it removes, and removes that only", () =>
    inSandbox(async (sandbox) => {
      write(userFile(sandbox), "{}");
      await done(sandbox, "setup --yes");
      await sandbox.lines(sessionIn(sandbox.path, ID));
      await sandbox.settle();
      const shown = await done(sandbox, "uninstall --purge --dry-run");
      expect(shown).toMatch(new RegExp(`${sandbox.health}: \\d+ files, \\d+ KB: `));
      expect(existsSync(sandbox.health)).toBe(true);
      expect(await done(sandbox, "uninstall --purge --yes")).toContain("removed\n");
      expect([existsSync(sandbox.health), bytesOf(userFile(sandbox))]).toEqual([false, "{}"]);
    }));
});
