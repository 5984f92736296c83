import { expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { binary, ccusageFolder, inSandbox, sessionIn, writeHistory } from "../harness.ts";

test(
  "a render killed with its process group leaves the refresher at work",
  () =>
    inSandbox(async (sandbox) => {
      const repository = sandbox.repository("repo", "trunk");
      writeHistory(`${sandbox.home}/.claude`, [Date.now() - 60_000]);
      sandbox.program("ccusage", `[ "$1" = --version ] || sleep 1\nexec ${ccusageFolder}/ccusage "$@"`);
      const input = JSON.stringify(sessionIn(repository, "33333333-3333-4333-8333-333333333333"));
      // As Claude Code runs it: in a shell that leads a process group of its own.
      const shell = Bun.spawn(["/bin/sh", "-c", `printf '%s' '${input}' | '${binary}'; sleep 30`], {
        env: sandbox.env,
        stdio: ["ignore", "pipe", "ignore"],
        detached: true,
      });
      const locks = () =>
        existsSync(`${sandbox.health}/locks`) ? readdirSync(`${sandbox.health}/locks`) : [];
      for (let n = 0; n < 200 && !locks().some((name) => name.startsWith("cost-")); n++) await Bun.sleep(10);
      expect(locks().some((name) => name.startsWith("cost-"))).toBe(true);
      process.kill(-shell.pid, "SIGTERM");
      await shell.exited;

      for (let n = 0; n < 200 && locks().length > 0; n++) await Bun.sleep(50);
      expect(locks()).toEqual([]);
      const files = [...new Bun.Glob("**/*").scanSync({ cwd: sandbox.health, dot: true })];
      expect(files.filter((name) => name.endsWith(".tmp"))).toEqual([]);
      const lines = await sandbox.lines(input);
      expect(lines[0]).toContain("trunk");
      expect(lines[1]).toContain("$2.50 today");
    }),
  30_000,
);
