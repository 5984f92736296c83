import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { binary, inSandbox, type Sandbox } from "../harness.ts";
import { done, ENTRY, entryIn, settingsOf, userFile, write } from "./setup-harness.ts";

const terminal = Bun.which("script");
const ready = terminal !== null && process.platform === "linux";
const OTHER = '{"statusLine": {"type": "command", "command": "echo former"}}\n';

/** The program on a terminal at which a person types `answers`. util-linux's `script` lends it. */
async function typed(sandbox: Sandbox, line: string, answers: string) {
  const child = Bun.spawn([terminal ?? "script", "-qec", `${binary} ${line}`, "/dev/null"], {
    env: sandbox.env,
    cwd: sandbox.path,
    stdin: new Blob([answers]),
    stdout: "pipe",
  });
  return { text: await child.stdout.text(), exitCode: await child.exited };
}

describe.skipIf(!ready)("a person at a terminal", () => {
  test.each([
    ["y\n", true],
    ["Yes\n", true],
    ["\n", false],
    ["n\n", false],
    ["\u0004", false],
  ])("who answers %p", (answer, agrees) =>
    inSandbox(async (sandbox) => {
      const { text, exitCode } = await typed(sandbox, "setup", answer);
      expect(text).toMatch(/\+ "statusLine": \{.*Write this\? \[y\/N\]/s);
      expect([exitCode, existsSync(settingsOf(sandbox))]).toEqual([0, agrees]);
      if (!agrees) expect(text).toContain("nothing was changed");
      if (!agrees) return;
      const no = await typed(sandbox, "uninstall", "n\n");
      expect([no.exitCode, existsSync(settingsOf(sandbox))]).toEqual([1, true]);
      const yes = await typed(sandbox, "uninstall", "y\n");
      expect([yes.exitCode, existsSync(settingsOf(sandbox))]).toEqual([0, false]);
    }));

  test.each([
    ["r\n", ENTRY, false],
    ["k\n", ENTRY, true],
    ["s\n", undefined, false],
    ["\n", undefined, false],
    ["y\n", undefined, false],
  ])("with another status line who answers %p", (answer, entry, kept) =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), OTHER);
      const { text, exitCode } = await typed(sandbox, "setup", answer);
      expect(text).toContain("(r)eplace it, (k)eep its first line as a part of this one, or (s)top? [r/k/S]");
      expect(exitCode).toBe(0);
      expect(entryIn(path)).toEqual(entry ?? entryIn(write(`${sandbox.path}/other`, OTHER)));
      expect(existsSync(userFile(sandbox))).toBe(kept);
    }));

  test("is only asked for the way when that is named, and not at all when nothing is to be done", () =>
    inSandbox(async (sandbox) => {
      write(settingsOf(sandbox), OTHER);
      expect((await typed(sandbox, "setup --keep", "y\n")).text).toContain("Write this? [y/N]");
      expect((await typed(sandbox, "setup", "")).text).toBe(
        `${settingsOf(sandbox)}: statusline is set up there already\r\n`,
      );
    }));

  test("may keep the folder that --purge would remove", () =>
    inSandbox(async (sandbox) => {
      await done(sandbox, "setup --yes");
      const { text, exitCode } = await typed(sandbox, "uninstall --purge", "y\nn\n");
      expect(text).toContain("Remove this folder? [y/N]");
      expect([exitCode, existsSync(settingsOf(sandbox)), existsSync(sandbox.health)]).toEqual([
        1,
        false,
        true,
      ]);
    }));
});
