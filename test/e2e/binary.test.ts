import { describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { version } from "../../package.json";
import { binary, capture, inSandbox, sessionIn } from "../harness.ts";

const input = JSON.stringify(capture("stdin-02-after-first-reply"));

test("runs without node_modules and without Bun on PATH", () =>
  inSandbox(async (sandbox) => {
    mkdirSync(`${sandbox.path}/only`);
    const git = Bun.which("git");
    if (git !== null) symlinkSync(git, `${sandbox.path}/only/git`);
    const repository = sandbox.repository("repo", "trunk");
    sandbox.env.PATH = `${sandbox.path}/only`;
    const session = sessionIn(repository, "44444444-4444-4444-8444-444444444444");
    await sandbox.lines(session);
    await sandbox.settle();
    expect((await sandbox.lines(session))[0]).toContain("trunk  │  Opus 5.5");
  }));

test("a hostile bunfig.toml and .env in the current folder have no effect", () =>
  inSandbox(async (sandbox) => {
    writeFileSync(`${sandbox.path}/bunfig.toml`, 'preload = ["./evil.ts"]\n');
    writeFileSync(`${sandbox.path}/evil.ts`, 'await Bun.write("owned", "yes"); console.log("owned");\n');
    writeFileSync(`${sandbox.path}/.env`, "CLAUDE_CONFIG_DIR=/nonexistent/evil\nNO_COLOR=\nFORCE_COLOR=3\n");
    const { stdout, exitCode } = await sandbox.run(input);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain("owned");
    expect(stdout).not.toContain("\u001b[");
    expect(await Bun.file(`${sandbox.path}/owned`).exists()).toBe(false);
    expect(await Bun.file(`${sandbox.health}/frames/${JSON.parse(input).session_id}.json`).exists()).toBe(
      true,
    );
  }));

test("files are the user's only", () =>
  inSandbox(async (sandbox) => {
    await sandbox.run(input);
    await sandbox.settle();
    const modes = Bun.spawnSync(["find", sandbox.health, "-printf", "%y %m\\n"])
      .stdout.toString()
      .trim()
      .split("\n");
    expect([...new Set(modes)].sort()).toEqual(["d 700", "f 600"]);
  }));

describe("arguments", () => {
  test("--version", () =>
    inSandbox(async (sandbox) => {
      expect(await sandbox.run("", {}, ["--version"])).toMatchObject({
        exitCode: 0,
        stdout: `statusline ${version}\n`,
      });
    }));

  test("an unknown command is wrong usage, in one line", () =>
    inSandbox(async (sandbox) => {
      const { exitCode, stdout, stderr } = await sandbox.run("", {}, ["frobnicate"]);
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr.trim().split("\n")).toHaveLength(1);
      expect(stderr).toContain("frobnicate");
    }));

  test("a terminal on stdin gets the help instead of waiting", () =>
    inSandbox(async (sandbox) => {
      const { stdout } = Bun.spawnSync(["script", "-qec", binary, "/dev/null"], {
        env: sandbox.env,
        stdin: "ignore",
      });
      expect(stdout.toString()).toContain("the status line for Claude Code");
    }));
});
