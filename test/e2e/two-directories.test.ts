import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { root } from "../../build/compile.ts";
import { binary, inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const id = (n: number) => `${String(n).padStart(8, "0")}-4d42-4793-a1b8-0a533aba93f8`;

function login(folder: string, account: string): void {
  mkdirSync(folder, { recursive: true });
  const oauthAccount = { accountUuid: `uuid-${account}`, emailAddress: `${account}@example.org` };
  writeFileSync(`${folder}/.claude.json`, JSON.stringify({ oauthAccount }));
}

/** The recipe for a second login, as docs/configuration.md has it: an alias, and a command. */
const recipe = /```sh\n(alias claude2=.*)\n(statusline state label .*)\n```/.exec(
  readFileSync(`${root}docs/configuration.md`, "utf8"),
);

/** A `claude` that shows its row once for the document in $DOCUMENT, and a `statusline` on PATH. */
function programs(sandbox: Sandbox): void {
  sandbox.program("claude", `printf '%s' "$DOCUMENT" | "${binary}"`);
  sandbox.program("statusline", `exec "${binary}" "$@"`);
}

function shell(sandbox: Sandbox, script: string, document: object = {}): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(["bash", "-c", `shopt -s expand_aliases\n${script}`], {
    env: { ...sandbox.env, DOCUMENT: JSON.stringify(document) },
    cwd: sandbox.path,
  });
  expect([exitCode, stderr.toString()]).toEqual([0, ""]);
  return stdout.toString();
}

const index = (sandbox: Sandbox) => `${sandbox.home}/.local/state/statusline/accounts.json`;

describe("the page's recipe for a second login", () => {
  const [, alias = "", label = ""] = recipe ?? [];
  const first = sessionIn("/p/a", id(1));
  const second = sessionIn("/p/b", id(2));

  test("each row says which account it is, and the label is given without naming the directory", () =>
    inSandbox(async (sandbox) => {
      programs(sandbox);
      const work = `${sandbox.home}/.claude-work`;
      login(sandbox.home, "me");
      login(work, "boss");
      const rows = async () => {
        const both = [];
        for (const [script, document, env] of [
          ["claude", first, {}],
          [`${alias}\nclaude2`, second, { CLAUDE_CONFIG_DIR: work }],
        ] as const) {
          shell(sandbox, script, document);
          await sandbox.settle(env);
          both.push(shell(sandbox, script, document));
        }
        return both;
      };
      await rows();
      expect(shell(sandbox, label)).toContain(`work now has the label Work, in ${work}`);
      const [mine, theirs] = await rows();
      expect(mine).toContain("Primary Account");
      expect(theirs).toContain("Work");
      expect(readFileSync(`${work}/session-health/runtime-state.yaml`, "utf8")).toContain("label: Work");
      expect(shell(sandbox, "statusline profiles")).toMatch(/Primary Account .*\n.*Work .*\.claude-work/);
    }));

  test("an account that is added by hand before its first session keeps its label, in both directories", () =>
    inSandbox(async (sandbox) => {
      programs(sandbox);
      const work = `${sandbox.home}/.claude-work`;
      login(sandbox.home, "me");
      login(work, "boss");
      shell(sandbox, "claude", first);
      await sandbox.settle();
      shell(sandbox, 'statusline profiles add work "Work"');
      const script = `${alias}\nclaude2`;
      shell(sandbox, script, second);
      await sandbox.settle({ CLAUDE_CONFIG_DIR: work });
      expect(shell(sandbox, script, second)).toContain("Work");
      const labelled = shell(sandbox, label.replace('"Work"', '"Job"'));
      expect(labelled).toContain(`work now has the label Job, in ${work}`);
      shell(sandbox, script, second);
      await sandbox.settle({ CLAUDE_CONFIG_DIR: work });
      shell(sandbox, script, { ...second, cost: { total_cost_usd: 3 } });
      await sandbox.settle({ CLAUDE_CONFIG_DIR: work });
      expect(shell(sandbox, script, second)).toContain("Job");
    }));

  test("the index is the person's only, and holds no login", () =>
    inSandbox(async (sandbox) => {
      login(sandbox.home, "me");
      await sandbox.lines(first);
      await sandbox.settle();
      const text = readFileSync(index(sandbox), "utf8");
      expect(statSync(index(sandbox)).mode & 0o777).toBe(0o600);
      expect(JSON.parse(text).accounts).toEqual([
        {
          configDir: `${sandbox.home}/.claude`,
          profileId: "default",
          label: "Primary Account",
          fingerprint: expect.stringMatching(/^account:[0-9a-f]{16}$/),
          lastUsed: expect.any(Number),
        },
      ]);
      expect(text).not.toContain("example.org");
      expect(text).not.toContain("uuid");
    }));
});

const start = Math.floor(Date.now() / 1000);
const rate_limits = (used_percentage: number) => ({
  five_hour: { used_percentage, resets_at: start + 7200 },
});

/** Two directories, each with a session of a login of this name. */
async function inBoth(sandbox: Sandbox, one: string, other: string) {
  const dirs = ["one", "two"].map((name) => `${sandbox.path}/${name}`);
  for (const [n, account] of [one, other].entries()) login(dirs[n] ?? "", account);
  const rows = async () => {
    const both: string[] = [];
    for (const [n, dir] of dirs.entries()) {
      const document = sessionIn(`/p/${n}`, id(n), { rate_limits: rate_limits(10 + 50 * n) });
      const env = { CLAUDE_CONFIG_DIR: dir };
      await sandbox.lines(document, env);
      await sandbox.settle(env);
      both.push((await sandbox.lines(document, env)).join("\n"));
    }
    return both;
  };
  await rows();
  return { dirs, rows: await rows() };
}

describe("two configuration directories", () => {
  test("with two logins: the second is called by its login, limits stay apart", () =>
    inSandbox(async (sandbox) => {
      const { rows } = await inBoth(sandbox, "me", "boss");
      expect(rows[0]).toMatch(/Primary Account[\s\S]*5h 10%/);
      expect(rows[1]).toMatch(/boss@example\.org[\s\S]*5h 60%/);
    }));

  test("with one login: no label, one truth about its limits", () =>
    inSandbox(async (sandbox) => {
      const { dirs, rows } = await inBoth(sandbox, "me", "me");
      for (const row of rows) expect(row).not.toContain("Primary Account");
      expect(rows[1]).toContain("5h 60%");
      const env = { CLAUDE_CONFIG_DIR: dirs[0] ?? "" };
      const { stdout } = await sandbox.run("", env, ["profiles"]);
      expect(stdout.match(/5h 60%/g)).toHaveLength(2);
      // The rows of the other directory show it when their own value is a minute old.
      const cache = `${dirs[0]}/session-health/cache`;
      for (const name of readdirSync(cache).filter((each) => each.startsWith("limits-")))
        utimesSync(`${cache}/${name}`, Date.now() / 1000 - 90, Date.now() / 1000 - 90);
      const document = sessionIn("/p/0", id(0), { rate_limits: rate_limits(10) });
      await sandbox.lines(document, env);
      await sandbox.settle(env);
      expect((await sandbox.lines(document, env)).join("\n")).toContain("5h 60%");
    }));

  test("a command takes the directory of the account that --account names, and says which", () =>
    inSandbox(async (sandbox) => {
      const { dirs } = await inBoth(sandbox, "me", "boss");
      const run = (...args: string[]) => sandbox.run("", {}, args);
      for (const args of [
        ["--account", "boss@example.org", "state", "path"],
        ["state", "path", "--account=boss@example.org"],
      ]) {
        const { stdout, stderr } = await run(...args);
        expect(stdout).toBe(`${dirs[1]}/session-health/runtime-state.yaml\n`);
        expect(stderr).toBe(`account boss@example.org: ${dirs[1]}\n`);
      }
      expect(await run("state", "--account", dirs[0] ?? "", "path")).toMatchObject({ exitCode: 0 });
      const unknown = await run("state", "--account", "nobody");
      expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining('no account "nobody"')]);
      const unclear = await run("state", "--account", "default");
      expect([unclear.exitCode, unclear.stderr]).toEqual([1, expect.stringContaining(dirs[1] ?? "")]);
    }));
});

test.each([
  ["others can write", (path: string) => chmodSync(path, 0o666)],
  [
    "is a link",
    (path: string) => {
      renameSync(path, `${path}.real`);
      symlinkSync(`${path}.real`, path);
    },
  ],
  [
    "holds something else",
    (path: string) => writeFileSync(path, '{"accounts":[{"configDir":"relative"},7]}'),
  ],
])("an index that %s names no account, and rows go on", (_, spoil) =>
  inSandbox(async (sandbox) => {
    const { dirs } = await inBoth(sandbox, "me", "boss");
    spoil(index(sandbox));
    const env = { CLAUDE_CONFIG_DIR: dirs[0] ?? "" };
    const { stdout } = await sandbox.run("", env, ["profiles"]);
    expect(stdout).toContain("Primary Account");
    expect(stdout).not.toContain("boss");
    const document = sessionIn("/p/0", id(0));
    await sandbox.lines(document, env);
    await sandbox.settle(env);
    expect((await sandbox.lines(document, env)).join("\n")).toContain("Opus 5.5");
  }));

test("doctor names the accounts of this machine, with their directories and limits", () =>
  inSandbox(async (sandbox) => {
    const { dirs } = await inBoth(sandbox, "me", "boss");
    const { stdout } = await sandbox.run("", { CLAUDE_CONFIG_DIR: dirs[0] ?? "" }, ["doctor"]);
    expect(stdout).toContain(`Primary Account: ${dirs[0]} (in use), 5h 10%`);
    expect(stdout).toContain(`boss@example.org: ${dirs[1]}, 5h 60%`);
  }));
