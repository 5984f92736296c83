import { describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { binary, capture, inSandbox, sessionIn } from "../harness.ts";

const good = capture("stdin-02-after-first-reply");

/** The captured document with each field, at any depth, replaced by a value of another type. */
function* wrongTypes(): Generator<string> {
  const values = [null, 0, -1, 1e308, "", "x", true, [], [1], {}, "\u001b[31m\n"];
  const paths: string[][] = [];
  const walk = (value: unknown, path: string[]) => {
    if (path.length > 0) paths.push(path);
    if (typeof value === "object" && value !== null) {
      for (const [name, each] of Object.entries(value)) walk(each, [...path, name]);
    }
  };
  walk(good, []);
  for (const value of values) {
    const copy = structuredClone(good) as Record<string, unknown>;
    for (const name of Object.keys(copy)) copy[name] = value;
    yield JSON.stringify(copy);
  }
  for (const [n, path] of paths.entries()) {
    const copy = structuredClone(good);
    let at = copy as Record<string, unknown>;
    for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
    at[path.at(-1) ?? ""] = values[n % values.length];
    yield JSON.stringify(copy);
  }
}

const inputs: Record<string, string> = {
  "empty stdin": "",
  "white space": " \n\n",
  "cut-off JSON": JSON.stringify(good).slice(0, 700),
  null: "null",
  "an array": "[1,2]",
  "a number": "42",
  "a string": '"x"',
  "no JSON": "<html>",
  "binary noise": "\u0000\u0001\ufffd{",
  "an empty object": "{}",
  "deep nesting": `${"[".repeat(20_000)}`,
  "5 MB": JSON.stringify({ ...good, padding: "x".repeat(5_000_000) }),
  "5 MB of brackets": `{"a":"${"}".repeat(5_000_000)}`,
};

describe("a line and exit 0, in time, whatever comes", () => {
  for (const [name, input] of Object.entries(inputs)) {
    test(name, () =>
      inSandbox(async (sandbox) => {
        const { exitCode, stdout, stderr, ms } = await sandbox.run(input);
        expect(exitCode).toBe(0);
        expect(stdout.trim()).not.toBe("");
        expect(stderr).toBe("");
        expect(ms).toBeLessThan(1000);
      }),
    );
  }

  test("wrong types in every field", () =>
    inSandbox(async (sandbox) => {
      for (const input of wrongTypes()) {
        const { exitCode, stdout, stderr } = await sandbox.run(input);
        expect([exitCode, stderr]).toEqual([0, ""]);
        expect(stdout.trim()).not.toBe("");
        expect(stdout).not.toContain("\u001b[31m");
      }
    }));

  test("stdin that is never closed", () =>
    inSandbox(async (sandbox) => {
      for (const input of ["", '{"session_id":', `${JSON.stringify(good)}\n`]) {
        const start = performance.now();
        const child = Bun.spawn([binary], {
          env: sandbox.env,
          stdin: "pipe",
          stdout: "pipe",
          stderr: "pipe",
        });
        child.stdin.write(input);
        child.stdin.flush();
        const stdout = await child.stdout.text();
        expect(await child.exited).toBe(0);
        expect(stdout.trim()).not.toBe("");
        if (input.endsWith("\n")) expect(stdout).toContain("Opus 5.5");
        expect(performance.now() - start).toBeLessThan(1000);
        child.stdin.end();
      }
    }));

  test("unreadable input shows the session's last good frame", () =>
    inSandbox(async (sandbox) => {
      const id = "11111111-1111-4111-8111-111111111111";
      const before = await sandbox.lines(sessionIn("/x/before", id));
      const env = { CLAUDE_CODE_SESSION_ID: id };
      expect(await sandbox.lines('{"session_id"', env)).toEqual(before);
      expect(await sandbox.lines("", { CLAUDE_CODE_SESSION_ID: "../../etc/passwd" })).toEqual([
        "statusline: the input cannot be read",
      ]);
    }));
});

describe("a state directory that cannot be used", () => {
  test("a file where the folder should be", () =>
    inSandbox(async (sandbox) => {
      mkdirSync(`${sandbox.home}/.claude`, { recursive: true });
      writeFileSync(sandbox.health, "in the way");
      const { exitCode, stdout, stderr } = await sandbox.run(JSON.stringify(good));
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("Opus 5.5");
      expect(sandbox.read(sandbox.health)).toBe("in the way");
    }));

  test("garbage in every file of it", () =>
    inSandbox(async (sandbox) => {
      const input = JSON.stringify(good);
      const first = await sandbox.run(input);
      await sandbox.settle();
      for (const garbage of ["", "{", "null", "[]", '{"statusline":{}}', "\u0000".repeat(100)]) {
        for (const path of new Bun.Glob("**/*.json").scanSync(sandbox.health)) {
          writeFileSync(`${sandbox.health}/${path}`, garbage);
        }
        const { exitCode, stdout, stderr } = await sandbox.run(input);
        expect([exitCode, stderr]).toEqual([0, ""]);
        expect(stdout.split("\n")[0]).toBe(first.stdout.split("\n")[0] ?? "");
        await sandbox.settle();
      }
    }));

  test("folders where its files should be: the row is made from stdin, and the log tells", () =>
    inSandbox(async (sandbox) => {
      const input = JSON.stringify(good);
      const [first] = await sandbox.lines(input);
      await sandbox.settle();
      for (const path of new Bun.Glob("**/*.json").scanSync(sandbox.health)) {
        rmSync(`${sandbox.health}/${path}`);
        mkdirSync(`${sandbox.health}/${path}`);
      }
      const { exitCode, stdout, stderr } = await sandbox.run(input);
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(stdout).toStartWith(first ?? "-");
      expect(stdout).toContain("$0.02 session");
      expect(sandbox.log()).toMatch(/error render\/[0-9a-f]{8}: model: \/.*\/cache\/model-\w+\.json: /);
    }));

  test("a read-only disk", () =>
    inSandbox(async (sandbox) => {
      mkdirSync(sandbox.health, { recursive: true });
      chmodSync(sandbox.health, 0o500);
      const { exitCode, stdout } = await sandbox.run(JSON.stringify(good));
      expect(exitCode).toBe(0);
      expect(stdout).toContain("Opus 5.5");
      chmodSync(sandbox.health, 0o700);
    }));
});
