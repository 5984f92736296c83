import { describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { binary, inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { gone } from "../processes.ts";
import { done, settingsOf, write } from "./setup-harness.ts";

const FORMER = { STATUSLINE_VERSION: "1" };
const ID = "52525252-1b42-4793-a1b8-0a533aba93f8";

async function setUpOver(sandbox: Sandbox, command: string): Promise<void> {
  write(settingsOf(sandbox), JSON.stringify({ statusLine: { type: "command", command } }));
  await done(sandbox, "setup --yes");
}

const drawn = (sandbox: Sandbox, env: Record<string, string> = FORMER) =>
  sandbox.run(JSON.stringify(sessionIn(sandbox.path, ID)), env);

describe("STATUSLINE_VERSION=1", () => {
  test("runs the former status line as Claude Code would: its stdin, environment, folder and bytes", () =>
    inSandbox(async (sandbox) => {
      await setUpOver(
        sandbox,
        `read -r line && echo "$line" | wc -c; echo "$KEY"; pwd; printf '\\033[31m\\001\\377x'; true`,
      );
      const { exitCode, stdout } = await drawn(sandbox, { ...FORMER, KEY: "value of a key" });
      const length = JSON.stringify(sessionIn(sandbox.path, ID)).length + 1;
      expect([exitCode, stdout]).toEqual([
        0,
        `${length}\nvalue of a key\n${sandbox.path}\n\u001b[31m\u0001\ufffdx`,
      ]);
    }));

  test("keeps the same with more than a pipe holds, and a command that reads nothing", () =>
    inSandbox(async (sandbox) => {
      const long = JSON.stringify({ ...sessionIn(sandbox.path, ID), text: "x".repeat(300_000) });
      await setUpOver(sandbox, "exec <&-; head -c 300000 /dev/zero | tr '\\0' y");
      expect((await sandbox.run(long, FORMER)).stdout).toBe("y".repeat(300_000));
    }));

  test("leaves a process that the command has started at work, and does not wait for it", () =>
    inSandbox(async (sandbox) => {
      await setUpOver(sandbox, `(sleep 1; touch "$HOME/late") & echo former`);
      const { stdout, ms } = await drawn(sandbox);
      expect([stdout, ms < 900]).toEqual(["former\n", true]);
      for (let n = 0; n < 50 && !(await Bun.file(`${sandbox.home}/late`).exists()); n++) await Bun.sleep(50);
      expect(await Bun.file(`${sandbox.home}/late`).exists()).toBe(true);
    }));

  test("uses the project's former one where that was remembered", () =>
    inSandbox(async (sandbox) => {
      await setUpOver(sandbox, "echo of the account");
      const project = `${sandbox.path}/project`;
      write(`${project}/.claude/settings.json`, '{"statusLine": {"command": "echo of the project"}}');
      Bun.spawnSync([binary, "setup", "--yes", "--project"], { cwd: project, env: sandbox.env });
      expect((await drawn(sandbox, { ...FORMER, CLAUDE_PROJECT_DIR: project })).stdout).toBe(
        "of the project\n",
      );
      expect((await drawn(sandbox)).stdout).toBe("of the account\n");
    }));

  const ours = async (sandbox: Sandbox) => (await drawn(sandbox, {})).stdout;

  test.each([
    ["fails", "echo text; exit 3"],
    ["is not there", "no-such-program"],
    ["prints nothing", "true"],
    ["prints nothing that can be seen", "printf ' \\033[31m\\n\\n'"],
    ["prints more than is shown", "head -c 1000001 /dev/zero | tr '\\0' x"],
    ["is ended by a signal", "kill -9 $$"],
    ["leads back to this program", "leading"],
  ])("draws ours when the former one %s", (_, command) =>
    inSandbox(async (sandbox) => {
      sandbox.program("leading", `exec '${binary}'`);
      sandbox.env.STATUSLINE_NOW = String(Date.now());
      await setUpOver(sandbox, command);
      await ours(sandbox);
      await sandbox.settle();
      const { exitCode, stdout } = await drawn(sandbox);
      expect([exitCode, stdout]).toEqual([0, await ours(sandbox)]);
      if (command !== "leading") expect(sandbox.log()).toContain("STATUSLINE_VERSION=1");
    }));

  test("draws ours when the former one takes too long, and ends that with all that it has started", () =>
    inSandbox(async (sandbox) => {
      const mark = `79${process.pid}`;
      await setUpOver(sandbox, `sleep ${mark} & echo early; sleep ${mark}`);
      const { exitCode, stdout, ms } = await drawn(sandbox);
      expect([exitCode, stdout]).toEqual([0, await ours(sandbox)]);
      expect(Math.round(ms / 1000)).toBe(5);
      // The shell too, in whose command line it stands.
      await gone(`.*sleep ${mark}.*`);
    }));

  test("draws ours when there is no former one, or it had no command, or what was remembered is broken", () =>
    inSandbox(async (sandbox) => {
      expect((await drawn(sandbox)).stdout).toBe(await ours(sandbox));
      write(settingsOf(sandbox), '{"statusLine": {"type": "none"}}');
      await done(sandbox, "setup --yes");
      expect((await drawn(sandbox)).stdout).toBe(await ours(sandbox));
      mkdirSync(sandbox.health, { recursive: true });
      write(`${sandbox.health}/former-statusline.json`, "{");
      expect((await drawn(sandbox)).stdout).toBe(await ours(sandbox));
    }));

  test("says what is wrong with the input as ever", () =>
    inSandbox(async (sandbox) => {
      await setUpOver(sandbox, "cat >/dev/null; exit 1");
      expect((await sandbox.run("no JSON", FORMER)).stdout).toBe("statusline: the input cannot be read\n");
    }));

  test("a client that ends the run ends the former one too", () =>
    inSandbox(async (sandbox) => {
      const mark = `80${process.pid}`;
      await setUpOver(sandbox, `sleep ${mark}; echo late`);
      const running = () => Bun.spawnSync(["pgrep", "-f", `^sleep ${mark}`]).stdout.toString() !== "";
      const child = Bun.spawn([binary], {
        env: { ...sandbox.env, ...FORMER },
        stdio: [new Blob([JSON.stringify(sessionIn(sandbox.path, ID))]), "pipe", "ignore"],
      });
      for (let n = 0; n < 100 && !running(); n++) await Bun.sleep(20);
      expect(running()).toBe(true);
      child.kill("SIGTERM");
      await child.exited;
      for (let n = 0; n < 100 && running(); n++) await Bun.sleep(20);
      expect([running(), await child.stdout.text()]).toEqual([false, ""]);
    }));

  test.each(["2", "", "one"])("of %p is ours", (version) =>
    inSandbox(async (sandbox) => {
      await setUpOver(sandbox, "echo former");
      const { stdout } = await drawn(sandbox, { STATUSLINE_VERSION: version });
      expect(stdout).toBe(await ours(sandbox));
      expect(stdout).not.toContain("former");
    }));

  test("is deprecated: the log says so once, doctor where it is set", () =>
    inSandbox(async (sandbox) => {
      await setUpOver(sandbox, "echo former");
      for (let n = 0; n < 3; n++) expect((await drawn(sandbox)).stdout).toBe("former\n");
      expect(sandbox.log().split("deprecated").length).toBe(2);
      expect((await sandbox.run("", FORMER, ["doctor"])).stdout).toContain(
        "STATUSLINE_VERSION=1 in the environment shows the former status line; it is deprecated",
      );
      const settings = JSON.parse(sandbox.read(settingsOf(sandbox)));
      write(settingsOf(sandbox), JSON.stringify({ ...settings, env: FORMER }));
      expect((await sandbox.run("", {}, ["doctor"])).stdout).toContain(
        `STATUSLINE_VERSION=1 in ${settingsOf(sandbox)}`,
      );
    }));
});
