import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { binary, inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const ID = "17171717-1b42-4793-a1b8-0a533aba93f8";
const GB = 1024 * 1024 * 1024;

/** A file of that size that takes no room. */
function sparse(path: string, bytes: number): void {
  writeFileSync(path, "");
  truncateSync(path, bytes);
}

async function settledRow(sandbox: Sandbox, document: object): Promise<string> {
  await sandbox.lines(document);
  await sandbox.settle();
  return (await sandbox.lines(document)).join("\n");
}

describe("files of any size", () => {
  test.each([
    ["HEAD", false],
    ["the .git file", true],
  ])("%s of 100 MB is none of git's, and takes no time", (_, isFile) =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      const document = sessionIn(repo, ID);
      if (isFile) Bun.spawnSync(["rm", "-rf", `${repo}/.git`]);
      const text = isFile
        ? `gitdir: ${"x".repeat(100 * 1024 * 1024)}`
        : `ref: refs/heads/${"x".repeat(100 * 1024 * 1024)}`;
      writeFileSync(isFile ? `${repo}/.git` : `${repo}/.git/HEAD`, text);
      const { stdout, ms } = await sandbox.run(JSON.stringify(document));
      expect(stdout).toStartWith("repo");
      expect(stdout).not.toContain("xxx");
      expect(ms).toBeLessThan(1000);
      await sandbox.settle();
      expect(statSync(`${sandbox.health}/runtime-state.yaml`).size).toBeLessThan(10_000);
    }));

  test.each(["frames", "cache"])("%s of 1 GB are replaced by the next run, and take no time", (folder) =>
    inSandbox(async (sandbox) => {
      const document = sessionIn(sandbox.repository("repo"), ID);
      const whole = await settledRow(sandbox, document);
      const path = `${sandbox.health}/${folder}`;
      for (const name of readdirSync(path)) if (name.endsWith(".json")) sparse(`${path}/${name}`, GB);
      const { stdout, ms } = await sandbox.run(JSON.stringify(document));
      expect(stdout).toStartWith("repo");
      expect(ms).toBeLessThan(1000);
      await sandbox.settle();
      expect((await sandbox.lines(document)).join("\n").replace(/\d\d:\d\d/, "T")).toBe(
        whole.replace(/\d\d:\d\d/, "T"),
      );
      const shown = readdirSync(path).filter((name) => /^(git|time|model|1717)/.test(name));
      for (const name of shown) expect(statSync(`${path}/${name}`).size).toBeLessThan(200_000);
    }));

  test("a state of 1 GB is reported, and the rest goes on", () =>
    inSandbox(async (sandbox) => {
      await settledRow(sandbox, sessionIn(sandbox.repository("repo"), ID));
      sparse(`${sandbox.health}/runtime-state.yaml`, GB);
      for (const command of ["state", "profiles", "state check", "state label default Mine"]) {
        const { exitCode, stderr, ms } = await sandbox.run("", {}, command.split(" "));
        expect([command, exitCode, stderr.includes("more than this file can have")]).toEqual([
          command,
          1,
          true,
        ]);
        expect(stderr).not.toMatch(/ at .*\.ts/);
        expect(ms).toBeLessThan(2000);
      }
      expect((await sandbox.run("", {}, ["refresh"])).exitCode).toBe(0);
    }));

  test("20 MB on stdin end in a line, soon", () =>
    inSandbox(async (sandbox) => {
      const { exitCode, stdout, ms } = await sandbox.run(`{"x":"${"x".repeat(20_000_000)}"}`);
      expect([exitCode, stdout]).toEqual([0, "statusline: the input cannot be read\n"]);
      expect(ms).toBeLessThan(1000);
    }));

  test("names are cut before they are stored", () =>
    inSandbox(async (sandbox) => {
      const long = "n".repeat(200_000);
      const document = sessionIn("/x/y", ID, {
        session_name: long,
        agent: { name: long },
        model: { id: long, display_name: long },
      });
      await settledRow(sandbox, document);
      for (const path of ["runtime-state.yaml", `${ID}.json`, `frames/${ID}.json`])
        expect(statSync(`${sandbox.health}/${path}`).size).toBeLessThan(70_000);
    }));
});

describe("session-health that is not this user's alone", () => {
  const isRoot = process.getuid?.() === 0;
  const spoil: Record<string, (path: string) => void> = {
    "belongs to another": (path) => chownSync(path, 12345, 12345),
    "can be written by others": (path) => chmodSync(path, 0o777),
  };
  test.each(
    Object.keys(spoil).filter((name) => isRoot || !name.startsWith("belongs")),
  )("%s: the row is made from stdin, nothing is read or written, doctor says why", (how) =>
    inSandbox(async (sandbox) => {
      const document = sessionIn(sandbox.repository("repo"), ID);
      await settledRow(sandbox, document);
      spoil[how]?.(sandbox.health);
      const files = () => [...new Bun.Glob("**").scanSync({ cwd: sandbox.health })].sort();
      const before = files();
      // Another environment: the saved frame proves nothing.
      const env = { SOMETHING: "else" };
      const lines = await sandbox.lines(document, env);
      expect(lines[0]).toMatch(/^repo {2}│ {2}main {2}│ {2}Opus 5\.5/);
      expect(lines.join("\n")).toContain("⚠ statusline doctor");
      expect(lines.join("\n")).not.toContain("…");
      const other = await sandbox.lines({ ...document, session_id: ID.replaceAll("1", "2") }, env);
      expect(other.join("\n")).not.toContain("…");
      for (const command of ["refresh", "state label default Mine"]) {
        const { exitCode, stderr } = await sandbox.run("", {}, command.split(" "));
        expect([command, exitCode]).toEqual([command, 1]);
        expect(stderr).toMatch(/mode \d+/);
        expect(stderr).not.toMatch(/ at .*\.ts/);
      }
      expect(files()).toEqual(before);
      const doctor = await sandbox.run("", {}, ["doctor"]);
      expect(doctor.stdout).toMatch(
        how.startsWith("belongs") ? /belongs to user 12345 \(mode 700\)/ : /others can write to .*mode 777/,
      );
    }));

  test("where nothing can be written the row has no value that is never fetched, and names doctor", () =>
    inSandbox(async (sandbox) => {
      const document = sessionIn(sandbox.repository("repo"), ID);
      for (const env of [{ HOME: "/proc/self/nowhere" }, { HOME: "relative" }]) {
        for (let n = 0; n < 2; n++) {
          const lines = await sandbox.lines(document, env);
          expect(lines[0]).toMatch(/^repo {2}│ {2}main {2}│ {2}Opus 5\.5/);
          expect(lines.join("\n")).toContain("$0.02");
          expect(lines.join("\n")).toContain("⚠ statusline doctor");
          expect(lines.join("\n")).not.toContain("…");
        }
      }
      expect(existsSync(`${sandbox.path}/relative`)).toBe(false);
      const narrow = await sandbox.lines(document, { HOME: "relative", COLUMNS: "40" });
      expect(narrow.join("\n")).not.toContain("doctor");
    }));

  test("without HOME the system's is used, and nothing is written to the root", () =>
    inSandbox(async (sandbox) => {
      const { HOME: _, ...env } = sandbox.env;
      const isThere = existsSync("/.claude");
      const input = new TextEncoder().encode(JSON.stringify(sessionIn("/x/y", ID)));
      const child = Bun.spawnSync([binary, "--timings"], {
        env: { ...env, CLAUDE_CONFIG_DIR: `${sandbox.path}/c` },
        stdin: input,
        cwd: sandbox.path,
      });
      expect(child.stdout.toString()).toStartWith("y");
      expect(existsSync("/.claude")).toBe(isThere);
    }));
});

describe("what is in the way", () => {
  test("links and devices where values belong are replaced by one refresh", () =>
    inSandbox(async (sandbox) => {
      const document = sessionIn(sandbox.repository("repo"), ID);
      const whole = await settledRow(sandbox, document);
      const cache = `${sandbox.health}/cache`;
      for (const [n, name] of readdirSync(cache)
        .filter((name) => name.endsWith(".json"))
        .entries()) {
        Bun.spawnSync(["rm", `${cache}/${name}`]);
        if (n % 3 === 2) Bun.spawnSync(["mkfifo", `${cache}/${name}`]);
        else symlinkSync(n % 3 === 0 ? "/dev/zero" : `${cache}/${name}`, `${cache}/${name}`);
      }
      expect((await sandbox.lines(document))[0]).toStartWith("repo");
      await sandbox.settle();
      expect((await settledRow(sandbox, document)).replace(/\d\d:\d\d/, "T")).toBe(
        whole.replace(/\d\d:\d\d/, "T"),
      );
      const log = sandbox.log();
      await sandbox.lines(document);
      await sandbox.settle();
      expect(sandbox.log()).toBe(log);
    }));

  test("what a killed process left is gone after the next refresh", () =>
    inSandbox(async (sandbox) => {
      await settledRow(sandbox, sessionIn(sandbox.repository("repo"), ID));
      const dead = Bun.spawnSync(["true"]).pid;
      const left = [
        `${sandbox.health}/runtime-state.yaml`,
        `${sandbox.health}/cache/x.json`,
        `${sandbox.health}/locks/x.lock`,
      ];
      const paths = left.map((path) => `${path}.${dead}.abc123.tmp`);
      for (const [n, path] of paths.entries()) n === 2 ? mkdirSync(path) : writeFileSync(path, "");
      const own = `${sandbox.health}/cache/x.json.${process.pid}.abc123.tmp`;
      writeFileSync(own, "");
      await sandbox.run("", {}, ["refresh"]);
      expect([...paths, own].map((path) => existsSync(path))).toEqual([false, false, false, true]);
    }));

  test.each([
    ["a text", "just text"],
    ["a list", "- a\n- b\n"],
    ["null", "null"],
    ["binary", "\u0000\u0001\u0002{{{"],
  ])("a state that is %s is a message, no stack", (_, text) =>
    inSandbox(async (sandbox) => {
      mkdirSync(sandbox.health, { recursive: true, mode: 0o700 });
      writeFileSync(`${sandbox.health}/runtime-state.yaml`, text);
      for (const command of ["state", "profiles", "state check"]) {
        const { stdout, stderr } = await sandbox.run("", {}, command.split(" "));
        expect(stdout + stderr).not.toMatch(/ at .*\.ts|Error:/);
        if (text !== "null") expect(stderr + stdout).toContain(`${sandbox.health}/runtime-state.yaml:1:1`);
      }
    }));
});
