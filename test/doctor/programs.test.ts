import { describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { identify } from "../../src/lib/process.ts";
import { inSandbox, type Sandbox } from "../harness.ts";
import { examined, makeWell, says, settings, spoilt } from "./well.ts";

/** A PATH on which nothing is but what a shell needs, and `names`. */
function only(sandbox: Sandbox, ...names: string[]): void {
  mkdirSync(`${sandbox.path}/only`);
  for (const name of ["sh", "cat", "sleep", ...names]) {
    const found = Bun.which(name, { PATH: sandbox.env.PATH ?? "" });
    if (found !== null) symlinkSync(found, `${sandbox.path}/only/${name}`);
  }
  sandbox.env.PATH = `${sandbox.path}/only`;
}

const inRepository = (sandbox: Sandbox) => sandbox.git(sandbox.path, "init", "-q");
const quick = (sandbox: Sandbox, module: string) =>
  settings(sandbox, { modules: { [module]: { timeout: "300ms" } } }, "statusline.user.json");

describe("git", () => {
  test("is not there", async () => {
    const checks = await spoilt("git", (sandbox) => only(sandbox, "ccusage"));
    expect(checks).toEqual(says("warning", "git is not on PATH", "Install git."));
  });

  test("takes its time here: told with its version", async () => {
    const checks = await spoilt("git", (sandbox) => void inRepository(sandbox));
    expect(checks).toEqual([
      expect.objectContaining({
        status: "ok",
        message: expect.stringMatching(/, version \d+\.\d+.*; git status takes \d+ ms here/),
      }),
    ]);
  });

  test("hangs", () =>
    inSandbox(async (sandbox) => {
      makeWell(sandbox);
      inRepository(sandbox);
      quick(sandbox, "git");
      sandbox.program(
        "git",
        `[ "$1" = --version ] && echo git version 2.50.1 && exit; sleep 98765 & echo $! > ${sandbox.path}/pid; wait`,
      );
      const { of, ms } = await examined(sandbox);
      expect(of("git")).toEqual(says("problem", "timed out after 300 ms", "modules.git.timeout"));
      expect(ms).toBeLessThan(8000);
      expect(identify(Number(sandbox.read(`${sandbox.path}/pid`)))).toBeNull();
    }));

  test("fails", async () => {
    const checks = await spoilt("git", (sandbox) => {
      inRepository(sandbox);
      Bun.write(`${sandbox.path}/.git/index`, "broken");
    });
    expect(checks).toEqual(says("problem", /git status in .* exited with 128/));
  });

  test.skipIf(process.getuid?.() !== 0)("does not trust the owner", async () => {
    const checks = await spoilt("git", (sandbox) => {
      inRepository(sandbox);
      Bun.spawnSync(["chown", "-R", "12345", sandbox.path]);
    });
    expect(checks).toEqual(
      says("problem", "belongs to another user", /^git config --global --add safe\.directory \//),
    );
  });
});

describe("ccusage", () => {
  test("is not there", async () => {
    const checks = await spoilt("ccusage", (sandbox) => only(sandbox, "git"));
    expect(checks).toEqual(says("warning", "ccusage is not on PATH", "npm install -g ccusage"));
  });

  test("is of a version that nobody knows", async () => {
    const script = `case "$*" in *--version*) echo 31.0.1 ;; *) echo '{"blocks": []}' ;; esac`;
    const checks = await spoilt("ccusage", (sandbox) => sandbox.program("ccusage", script));
    expect(checks).toEqual(says("warning", "version 31.0.1; ccusage blocks takes", "15 to 20"));
  });

  test.each([
    ["fails", "echo 'no \u001b[31mway' >&2; exit 1", "ccusage blocks exited with 1"],
    ["prints something else", "echo hello", "ccusage blocks printed something unexpected"],
    ["hangs", "sleep 98765", "timed out after 300 ms"],
  ])("%s", async (_, script, message) => {
    const checks = await spoilt("ccusage", (sandbox) => {
      if (script.startsWith("sleep")) quick(sandbox, "cost");
      sandbox.program("ccusage", `[ "$1" = --version ] && echo 18.0.1 && exit; ${script}`);
    });
    expect(checks).toEqual(says("problem", message, "ccusage@latest"));
  });
});

describe("Claude Code", () => {
  test("is older than what it should give", async () => {
    const checks = await spoilt("claude", (sandbox) =>
      sandbox.program("claude", "echo '2.1.90 (Claude Code)'"),
    );
    expect(checks).toEqual(
      says(
        "warning",
        "2.1.90 does not report refreshInterval (2.1.97), effort and thinking (2.1.119)",
        "claude update",
      ),
    );
    expect(checks[0]?.message).not.toContain("limits");
  });

  test.each([
    ["says nothing", "exit 1"],
    ["hangs", "sleep 98765"],
  ])("%s", async (_, script) => {
    const checks = await spoilt("claude", (sandbox) => sandbox.program("claude", script));
    expect(checks).toEqual(says("warning", "does not print its version"));
  });

  test("is not there", async () => {
    const checks = await spoilt("claude", (sandbox) => only(sandbox, "git", "ccusage"));
    expect(checks).toEqual([
      expect.objectContaining({ status: "ok", message: expect.stringContaining("not on PATH") }),
    ]);
  });
});
