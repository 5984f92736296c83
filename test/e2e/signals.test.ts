import { expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { binary, ccusageFolder, inSandbox, sessionIn, wellIntoTheDay, writeHistory } from "../harness.ts";
import { gone, hangingCcusage, running } from "../processes.ts";

test("what a killed refresher has left at work is ended by the next one", () =>
  inSandbox(async (sandbox) => {
    const sleep = hangingCcusage(sandbox, `78${process.pid}`);
    const session = sessionIn("/x/project", "34343434-3333-4333-8333-333333333333");
    await sandbox.lines(session);
    for (let n = 0; n < 200 && running(sleep).length < 2; n++) await Bun.sleep(20);
    expect(running(sleep)).toHaveLength(2);
    const lock = `${sandbox.health}/locks/refresher.lock`;
    const { pid } = JSON.parse(sandbox.read(`${lock}/${readdirSync(lock)[0]}`));
    process.kill(pid, "SIGKILL");
    expect(running(sleep).length).toBeGreaterThan(0);
    sandbox.program("ccusage", "exit 3");
    await sandbox.settle();
    await gone(sleep);
    expect((await sandbox.lines(session)).at(-1)).toBe("$0.02 session");
  }));

test("a render killed with its process group leaves the refresher at work", () =>
  inSandbox(async (sandbox) => {
    const repository = sandbox.repository("repo", "trunk");
    await wellIntoTheDay();
    writeHistory(`${sandbox.home}/.claude`, [Date.now() - 60_000]);
    sandbox.program("ccusage", `[ "$1" = --version ] || sleep 1\nexec ${ccusageFolder}/ccusage "$@"`);
    const input = JSON.stringify(sessionIn(repository, "33333333-3333-4333-8333-333333333333"));
    // As Claude Code runs it: in a shell that leads a process group of its own.
    const shell = Bun.spawn(["/bin/sh", "-c", `printf '%s' '${input}' | '${binary}'; sleep 30`], {
      env: sandbox.env,
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    const locks = () => (existsSync(`${sandbox.health}/locks`) ? readdirSync(`${sandbox.health}/locks`) : []);
    for (let n = 0; n < 200 && !locks().some((name) => name.startsWith("cost-")); n++) await Bun.sleep(10);
    expect(locks().some((name) => name.startsWith("cost-"))).toBe(true);
    process.kill(-shell.pid, "SIGTERM");
    await shell.exited;

    for (let n = 0; n < 200 && locks().length > 0; n++) await Bun.sleep(50);
    expect(locks()).toEqual([]);
    await sandbox.settle();
    const files = [...new Bun.Glob("**/*").scanSync({ cwd: sandbox.health, dot: true })];
    expect(files.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    const lines = await sandbox.lines(input);
    expect(lines[0]).toContain("trunk");
    expect(lines[1]).toContain("$2.50 today");
  }));
