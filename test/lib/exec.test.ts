import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readFileSync, realpathSync } from "node:fs";
import { type ExecOptions, exec } from "../../src/lib/exec.ts";
import { identify } from "../../src/lib/process.ts";
import { Sandbox } from "../harness.ts";

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

const LONG = 60_000;

function shell(script: string, options: Partial<ExecOptions> = {}) {
  const env = { PATH: process.env.PATH ?? "", OUT: `${sandbox.path}/out` };
  return exec(["sh", "-c", script], { env, timeout: LONG, ...options });
}

/** Waits for processes to go; the test's own time limit is the only deadline. */
async function gone(...pids: number[]) {
  while (pids.some((pid) => identify(pid) !== null)) await Bun.sleep(5);
}

/** Starts a grandchild, writes down the pids of both, and stays. */
const FAMILY = 'sleep 300 & echo $! $$ > "$OUT.new"; mv "$OUT.new" "$OUT"; wait';

async function family(): Promise<number[]> {
  while (!(await Bun.file(`${sandbox.path}/out`).exists())) await Bun.sleep(5);
  const pids = readFileSync(`${sandbox.path}/out`, "utf8").trim().split(" ").map(Number);
  expect(pids).toHaveLength(2);
  return pids;
}

describe("what a child gives", () => {
  test("is its output, its errors and its exit code", async () => {
    expect(await shell("echo out; echo err >&2; exit 3")).toEqual({
      exitCode: 3,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  test("is whole where it comes in many pieces", async () => {
    const { stdout } = await shell("yes äöü | head -n 50000");
    expect(stdout).toBe("äöü\n".repeat(50_000));
  });
});

describe("what a child gets", () => {
  test("is the environment it is given and no other", async () => {
    const { stdout } = await exec(["/usr/bin/env"], { env: { A: "1" }, timeout: LONG });
    expect(stdout.trim()).toBe("A=1");
  });

  test("is its folder", async () => {
    expect((await shell("pwd -P", { cwd: sandbox.path })).stdout.trim()).toBe(realpathSync(sandbox.path));
  });

  test("is no stdin", async () => {
    expect((await shell("cat")).stdout).toBe("");
  });

  test("is the stdin that it is given, all of it, to read or not", async () => {
    const stdin = "äöü\n".repeat(50_000);
    expect((await shell("cat", { stdin })).stdout).toBe(stdin);
    expect((await shell("exec <&-; echo done", { stdin })).stdout).toBe("done\n");
  });
});

describe("a child is killed, and its children with it", () => {
  test("at the deadline", async () => {
    await expect(shell(FAMILY, { timeout: 1500 })).rejects.toThrow("timed out after 1.5 s");
    await gone(...(await family()));
  });

  test("when the signal aborts", async () => {
    const controller = new AbortController();
    const running = shell(FAMILY, { signal: controller.signal });
    const pids = await family();
    controller.abort();
    await expect(running).rejects.toThrow("aborted");
    await gone(...pids);
  });

  test("when the signal was aborted before it began", async () => {
    await expect(shell("sleep 300", { signal: AbortSignal.abort(), timeout: 500 })).rejects.toThrow(
      "aborted",
    );
  });

  test("when it prints too much", async () => {
    await expect(shell("yes", { maxOutput: 1000 })).rejects.toThrow("more than 1000 bytes of output");
  });

  test("not when it prints just as much as it may", async () => {
    expect((await shell("printf 12345", { maxOutput: 5 })).stdout).toBe("12345");
  });

  test("after its end, when it left something running", async () => {
    const { stdout } = await shell("sleep 300 >/dev/null 2>&1 & echo $!");
    expect(Number(stdout)).toBeGreaterThan(0);
    await gone(Number(stdout));
  });
});

test("no timer is left behind: a process ends when its work ends, not at the deadline", async () => {
  const source = new URL("../../src/lib/exec.ts", import.meta.url).pathname;
  const work = `import { exec } from ${JSON.stringify(source)};
    await exec(["true"], { env: { PATH: process.env.PATH }, timeout: ${LONG} });`;
  const child = Bun.spawn([process.execPath, "-e", work], { stdio: ["ignore", "ignore", "inherit"] });
  const late = setTimeout(() => child.kill("SIGKILL"), LONG / 4);
  expect(await child.exited).toBe(0);
  clearTimeout(late);
});

test("much on stderr neither blocks nor fails", async () => {
  const { exitCode, stderr } = await shell("yes | head -c 500000 >&2");
  expect(exitCode).toBe(0);
  expect(stderr.length).toBeLessThanOrEqual(64 * 1024);
});

test("a program that is not there is an error", async () => {
  await expect(exec([`${sandbox.path}/none`], { env: {}, timeout: LONG })).rejects.toThrow();
});
