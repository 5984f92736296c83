import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { compileFloor, root } from "../build/compile.ts";

/** The binary under test; `npm run build` makes it. */
export const binary = `${root}dist/statusline`;

/** PATH without npm's own folders: a test that wants the real ccusage puts it there. */
export const systemPath = (process.env.PATH ?? "")
  .split(":")
  .filter((folder) => !folder.includes("node_modules"))
  .join(":");

/** Where npm puts the real ccusage. */
export const ccusageFolder = `${root}node_modules/.bin`;

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** A folder of its own for one test: HOME, repositories and programs live below it. */
export class Sandbox {
  readonly path = mkdtempSync(`${tmpdir()}/statusline-test-`);
  readonly home = `${this.path}/home`;
  readonly env: Record<string, string> = {
    HOME: this.home,
    PATH: systemPath,
    TZ: "UTC",
    LC_ALL: "C.UTF-8",
    TERM: "xterm-256color",
    NO_COLOR: "1",
    COLUMNS: "104",
  };

  constructor() {
    mkdirSync(this.home, { recursive: true });
  }

  get health(): string {
    return `${this.home}/.claude/session-health`;
  }

  /** Runs the binary with `args`, and `stdin` on its stdin. */
  async run(
    stdin: string,
    env: Record<string, string> = {},
    args: string[] = [],
    program = binary,
  ): Promise<Run> {
    const start = performance.now();
    const child = Bun.spawn([program, ...args], {
      env: { ...this.env, ...env },
      cwd: this.path,
      stdin: new Blob([stdin]),
      stdout: "pipe",
      stderr: "pipe",
    });
    const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
    const exitCode = await child.exited;
    return { exitCode, stdout, stderr, ms: performance.now() - start };
  }

  /** Renders and returns the lines. */
  async lines(stdin: string | object, env: Record<string, string> = {}): Promise<string[]> {
    const { stdout } = await this.run(typeof stdin === "string" ? stdin : JSON.stringify(stdin), env);
    return stdout.replace(/\n$/, "").split("\n");
  }

  /** Waits until no refresher is at work and nothing is due. */
  async settle(env: Record<string, string> = {}, program = binary): Promise<void> {
    const folder = `${env.CLAUDE_CONFIG_DIR ?? `${this.home}/.claude`}/session-health/locks`;
    const locks = () => (existsSync(folder) ? readdirSync(folder) : []);
    for (let n = 0; n < 1000; n++) {
      await this.run("", env, ["refresh"], program);
      if (locks().length === 0) return;
      await Bun.sleep(50);
    }
    throw new Error(`the refresher does not end: ${locks()}`);
  }

  /** Makes a repository with one commit. */
  repository(name: string, branch = "main"): string {
    const path = `${this.path}/${name}`;
    mkdirSync(path, { recursive: true });
    this.git(path, "init", "-q", "-b", branch);
    this.git(path, "commit", "-q", "--allow-empty", "-m", "first");
    return path;
  }

  git(cwd: string, ...args: string[]): string {
    const { exitCode, stdout, stderr } = Bun.spawnSync(
      [
        "git",
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "init.defaultBranch=main",
        ...args,
      ],
      { cwd, env: { ...this.env, GIT_CONFIG_NOSYSTEM: "1" } },
    );
    if (exitCode !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout.toString().trim();
  }

  /** Puts a program `name` into a folder that stands first on PATH. */
  program(name: string, script: string): void {
    const folder = `${this.path}/bin`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    if (!this.env.PATH?.startsWith(folder)) this.env.PATH = `${folder}:${this.env.PATH}`;
  }

  read(path: string): string {
    return readFileSync(path, "utf8");
  }

  log(): string {
    return existsSync(`${this.health}/daemon.log`) ? this.read(`${this.health}/daemon.log`) : "";
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A sandbox that goes when `work` is done. */
export async function inSandbox(work: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = new Sandbox();
  try {
    await work(sandbox);
  } finally {
    sandbox.remove();
  }
}

const captures = `${root}test/fixtures/captures`;

/** A captured document, with `changes` merged over its top level. */
export function capture(name: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...JSON.parse(readFileSync(`${captures}/${name}.json`, "utf8")), ...changes };
}

/** The captured session in another folder and under another id. */
export function sessionIn(folder: string, sessionId: string, changes: Record<string, unknown> = {}) {
  return capture("stdin-02-after-first-reply", {
    session_id: sessionId,
    cwd: folder,
    workspace: { current_dir: folder, project_dir: folder, added_dirs: [] },
    transcript_path: `/nonexistent/${sessionId}.jsonl`,
    ...changes,
  });
}

/** Path of an empty compiled program, built once for all tests. */
export async function floorProgram(): Promise<string> {
  const path = `${root}dist/floor`;
  if (!existsSync(path)) await compileFloor(path);
  return path;
}

/** Waits where less than half a minute is left of this one: what a row says is left is compared with a later row. */
export async function wellIntoTheMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 30_000) await Bun.sleep(left);
}

/** Waits until today is as old as the histories of these tests: what they spent before midnight is not today's. */
export async function wellIntoTheDay(): Promise<void> {
  const age = Date.now() % 86_400_000;
  if (age < 150_000) await Bun.sleep(150_000 - age);
}

/** Writes a history that ccusage can read: one reply of `outputTokens` for each time. */
export function writeHistory(configDir: string, times: readonly number[], outputTokens = 100_000): void {
  const folder = `${configDir}/projects/-p`;
  mkdirSync(folder, { recursive: true });
  const lines = times.map((time, n) =>
    JSON.stringify({
      type: "assistant",
      sessionId: "s",
      version: "2.1.329",
      requestId: `req_${n}`,
      timestamp: new Date(time).toISOString(),
      message: {
        id: `msg_${n}`,
        role: "assistant",
        model: "claude-opus-4-5-20251101",
        content: [],
        usage: {
          input_tokens: 0,
          output_tokens: outputTokens,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
        },
      },
    }),
  );
  writeFileSync(`${folder}/${crypto.randomUUID()}.jsonl`, `${lines.join("\n")}\n`);
}
