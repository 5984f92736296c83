import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { makeFolder } from "../../src/lib/atomic.ts";
import { acquire } from "../../src/lib/lock.ts";
import type { AuthProfile } from "../../src/state/schema.ts";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const id = (n: number) => `${String(n).padStart(8, "0")}-2b42-4793-a1b8-0a533aba93f8`;

function login(configDir: string, account: string): void {
  mkdirSync(configDir, { recursive: true });
  const oauthAccount = { accountUuid: `uuid-${account}`, emailAddress: `${account}@example.org` };
  writeFileSync(`${configDir}/.claude.json`, JSON.stringify({ oauthAccount, projects: {} }));
}

/** A ccusage that counts what stands in `<config dir>/spent`, in US dollars. */
function ccusage(sandbox: Sandbox): void {
  const now = Date.now();
  const midnight = now - (now % 86_400_000);
  const today = new Date(now).toISOString().slice(0, 10);
  const [start, end] = [Math.max(now - 1_800_000, midnight), now + 3_600_000].map((time) =>
    new Date(time).toISOString(),
  );
  sandbox.program(
    "ccusage",
    [
      '[ "$1" = --version ] && { echo ccusage 20.0.20; exit; }',
      'spent=$(cat "$CLAUDE_CONFIG_DIR/spent")',
      'case "$*" in',
      `  *daily*) echo "{\\"daily\\":[{\\"date\\":\\"${today}\\",\\"totalCost\\":$spent,\\"totalTokens\\":50000}]}" ;;`,
      `  *) echo "{\\"blocks\\":[{\\"startTime\\":\\"${start}\\",\\"endTime\\":\\"${end}\\",\\"actualEndTime\\":\\"${new Date(now).toISOString()}\\",\\"isActive\\":true,\\"isGap\\":false,\\"costUSD\\":$spent,\\"totalTokens\\":50000,\\"burnRate\\":null}]}" ;;`,
      "esac",
    ].join("\n"),
  );
}

const spend = (configDir: string, usd: number) => writeFileSync(`${configDir}/spent`, String(usd));
const stateOf = (configDir: string) =>
  parse(readFileSync(`${configDir}/session-health/runtime-state.yaml`, "utf8"));

test("two accounts in two configuration directories with 8 sessions never mix", () =>
  inSandbox(async (sandbox) => {
    ccusage(sandbox);
    const dirs = ["one", "two"].map((name) => `${sandbox.path}/${name}`);
    dirs.forEach((dir, n) => {
      login(dir, `account${n}`);
      spend(dir, 10 * (n + 1));
    });
    const renderAll = () =>
      Promise.all(
        Array.from({ length: 8 }, async (_, n) => {
          const dir = dirs[n % 2] ?? "";
          const lines = await sandbox.lines(sessionIn(`/p/${n}`, id(n)), { CLAUDE_CONFIG_DIR: dir });
          return [n % 2, lines.at(-1)] as const;
        }),
      );
    await renderAll();
    for (const dir of dirs) await sandbox.settle({ CLAUDE_CONFIG_DIR: dir });
    for (const [n, line] of await renderAll()) {
      expect(line).toContain(`$${10 * (n + 1)}.00 today`);
      expect(line).not.toContain(`$${10 * (2 - n)}.00 today`);
    }
    dirs.forEach((dir, n) => {
      const { authProfiles, sessions } = stateOf(dir);
      expect(authProfiles).toHaveLength(1);
      expect(authProfiles[0].billing.costToday).toBe(10 * (n + 1));
      expect(authProfiles[0].billingFingerprint).toStartWith("account:");
      expect(sessions).toHaveLength(4);
    });
  }));

test("an account swap in the middle of a session is followed, and costs stay where they were made", () =>
  inSandbox(async (sandbox) => {
    ccusage(sandbox);
    const dir = `${sandbox.path}/dir`;
    const env = { CLAUDE_CONFIG_DIR: dir };
    let run = 0;
    const line = async () => {
      run++;
      return (await sandbox.lines(sessionIn(`/p/${run}`, id(1)), env)).join("\n");
    };
    /** Renders until the refreshed figures are there; cached ones are made old first. */
    const settled = async () => {
      await line();
      Bun.spawnSync([
        "find",
        `${dir}/session-health/cache`,
        "-name",
        "cost-*",
        "-exec",
        "touch",
        "-d",
        "10 minutes ago",
        "{}",
        "+",
      ]);
      await line();
      await sandbox.settle(env);
      return line();
    };
    login(dir, "first");
    spend(dir, 10);
    expect(await settled()).toContain("$10.00 today");

    login(dir, "second");
    expect(await settled()).toContain("$0.00 today");
    spend(dir, 13);
    const second = await settled();
    expect(second).toContain("$3.00 today");
    // With two accounts the row says which one.
    expect(second).toContain("second@example.org");

    login(dir, "first");
    const back = await settled();
    expect(back).toContain("$10.00 today");
    expect(back).toContain("Primary Account");
    spend(dir, 14);
    expect(await settled()).toContain("$11.00 today");

    const { authProfiles, sessions } = stateOf(dir);
    expect(authProfiles.map((each: { billing: { costToday: number } }) => each.billing.costToday)).toEqual([
      11, 3,
    ]);
    expect(sessions).toHaveLength(1);
    expect(sessions[0].authProfile).toBe("default");
  }));

test("STATUSLINE_PROFILE names the account, and another's billing is never shown under it", () =>
  inSandbox(async (sandbox) => {
    ccusage(sandbox);
    const dir = `${sandbox.path}/dir`;
    login(dir, "first");
    spend(dir, 10);
    const env = { CLAUDE_CONFIG_DIR: dir };
    const named = { ...env, STATUSLINE_PROFILE: "work" };
    const own = sessionIn("/p/a", id(1));
    const other = sessionIn("/p/b", id(2));
    await sandbox.lines(own, env);
    await sandbox.lines(other, named);
    await sandbox.settle(env);
    expect((await sandbox.lines(own, env)).at(-1)).toContain("$10.00 today");
    const lines = await sandbox.lines(other, named);
    expect(lines[0]).toContain("work");
    expect(lines.join("\n")).not.toContain("today");
    const { stdout } = await sandbox.run("", env, ["profiles"]);
    expect(stdout).toMatch(/Primary Account +default +1 +\$10\.00/);
    expect(stdout).toMatch(/work +work +1 +–/);
  }));

test.each([
  ["cannot be read", '{"oauthAccount":{"acc'],
  ["is gone", "{}"],
])("a login that %s for a moment changes nothing", (_, config) =>
  inSandbox(async (sandbox) => {
    ccusage(sandbox);
    const dir = `${sandbox.path}/dir`;
    const env = { CLAUDE_CONFIG_DIR: dir };
    const limits = { seven_day: { used_percentage: 5, resets_at: Math.floor(Date.now() / 1000) + 86_400 } };
    const session = sessionIn("/p/a", id(1), { rate_limits: limits });
    login(dir, "first");
    spend(dir, 10);
    await sandbox.lines(session, env);
    await sandbox.settle(env);
    writeFileSync(`${dir}/.claude.json`, config);
    await sandbox.lines({ ...session, cost: { total_cost_usd: 2 } }, env);
    await sandbox.settle(env);
    expect((await sandbox.lines(session, env)).join("\n")).toContain("$10.00 today");
    login(dir, "first");
    await sandbox.lines(session, env);
    await sandbox.settle(env);
    expect((await sandbox.lines(session, env)).join("\n")).toContain("$10.00 today");
    expect(stateOf(dir).authProfiles).toHaveLength(1);
  }));

test("a session named by hand does not take the figures of who is logged in", () =>
  inSandbox(async (sandbox) => {
    ccusage(sandbox);
    const dir = `${sandbox.path}/dir`;
    const env = { CLAUDE_CONFIG_DIR: dir };
    login(dir, "first");
    spend(dir, 10);
    await sandbox.lines(sessionIn("/p/a", id(1)), env);
    await sandbox.settle(env);
    // The session of who is logged in is closed; the other one goes on alone.
    rmSync(`${dir}/session-health/frames/${id(1)}.json`);
    const named = { ...env, STATUSLINE_PROFILE: "work" };
    await sandbox.lines(sessionIn("/p/b", id(2)), named);
    await sandbox.settle(env);
    expect((await sandbox.lines(sessionIn("/p/b", id(2)), named)).join("\n")).not.toContain("today");
    await sandbox.lines(sessionIn("/p/a", id(3)), env);
    await sandbox.settle(env);
    expect((await sandbox.lines(sessionIn("/p/a", id(3)), env)).join("\n")).toContain("$10.00 today");
  }));

test("no credential is opened", () =>
  inSandbox(async (sandbox) => {
    if (Bun.which("strace") === null) return;
    const dir = `${sandbox.home}/.claude`;
    login(dir, "first");
    writeFileSync(`${dir}/.credentials.json`, "{}");
    await sandbox.lines(sessionIn("/p/a", id(1)));
    await sandbox.settle();
    const { stderr } = await sandbox.run(
      "",
      {},
      ["-f", "-e", "trace=openat,open", `${import.meta.dir}/../../dist/statusline`, "refresh"],
      "strace",
    );
    expect(stderr).toContain(".claude");
    expect(stderr).not.toMatch(/credentials|keychain|\.key"/);
  }));

test("two accounts that render for the first time together are told apart at once", () =>
  inSandbox(async (sandbox) => {
    sandbox.program("ccusage", `touch "${sandbox.path}/asked"; echo '{}'`);
    const now = Math.floor(Date.now() / 1000);
    const resets = [86_400, 266_400].map((left) => now + left);
    const sessions = resets.map((resets_at, n) =>
      sessionIn("/p", id(n), { rate_limits: { seven_day: { used_percentage: 5, resets_at } } }),
    );
    // A refresher at work, so that neither render starts one before the other is there.
    makeFolder(`${sandbox.health}/locks`);
    const lock = acquire(`${sandbox.health}/locks/refresher.lock`, 60_000);
    const heartbeat = setInterval(() => lock?.renew(), 200);
    await Promise.all(sessions.map((session) => sandbox.lines(session)));
    clearInterval(heartbeat);
    lock?.release();
    await sandbox.settle();
    const { authProfiles } = stateOf(`${sandbox.home}/.claude`);
    const told = (authProfiles as AuthProfile[]).map((each) => [
      each.billingFingerprint,
      each.metadata?.totalSessions,
    ]);
    const windows = resets.map((time) => `windows:${Math.round(time / 60) % (7 * 24 * 60)}`);
    expect(told.toSorted()).toEqual(windows.map((each) => [each, 1]).toSorted());
    // ccusage counts for both together, which is neither's.
    expect(existsSync(`${sandbox.path}/asked`)).toBe(false);
  }));

test("after a swap the session counts for the new account, and when it comes back it is not counted twice", () =>
  inSandbox(async (sandbox) => {
    const dir = `${sandbox.path}/dir`;
    const env = { CLAUDE_CONFIG_DIR: dir };
    const totals: number[][] = [];
    for (const [n, account] of ["first", "second", "first", "second"].entries()) {
      login(dir, account);
      await sandbox.lines(sessionIn(`/p/${n}`, id(1)), env);
      await sandbox.settle(env);
      totals.push(
        (stateOf(dir).authProfiles as AuthProfile[]).map((each) => each.metadata?.totalSessions ?? -1),
      );
    }
    expect(totals).toEqual([[1], [1, 1], [1, 1], [1, 1]]);
  }));

test.each([
  "default",
  "classic",
  "minimal",
  "powerline",
  "ascii",
  "full",
])("the layout %s shows the account where there are two", (layout) =>
  inSandbox(async (sandbox) => {
    const env = { CLAUDE_CONFIG_DIR: `${sandbox.path}/dir`, STATUSLINE_LAYOUT: layout, COLUMNS: "200" };
    const rows = async () => {
      const own = await sandbox.lines(sessionIn("/p/a", id(1)), env);
      const work = await sandbox.lines(sessionIn("/p/b", id(2)), { ...env, STATUSLINE_PROFILE: "work" });
      return [own.join("\n"), work.join("\n")];
    };
    login(env.CLAUDE_CONFIG_DIR, "first");
    await rows();
    await sandbox.settle(env);
    await rows();
    await sandbox.settle(env);
    expect(await rows()).toEqual([
      expect.stringContaining("Primary Account"),
      expect.stringContaining("work"),
    ]);
  }));

test("right after a change of login nothing of the former account is shown, and the frame is not drawn for a mere rewrite", () =>
  inSandbox(async (sandbox) => {
    ccusage(sandbox);
    const dir = `${sandbox.path}/dir`;
    const env = { CLAUDE_CONFIG_DIR: dir };
    login(dir, "first");
    spend(dir, 10);
    const row = async () => (await sandbox.lines(sessionIn("/p/x", id(1)), env)).join("\n");
    await row();
    await sandbox.settle(env);
    expect(await row()).toContain("$10.00 today");
    const frame = `${dir}/session-health/frames/${id(1)}.json`;
    const before = statSync(frame).mtimeMs;
    // The client replaces the file at each prompt, with the same login in it.
    writeFileSync(`${dir}/.claude.json.new`, `${readFileSync(`${dir}/.claude.json`, "utf8")}\n`);
    renameSync(`${dir}/.claude.json.new`, `${dir}/.claude.json`);
    expect(await row()).toContain("$10.00 today");
    expect(statSync(frame).mtimeMs).toBe(before);
    for (const account of ["second", "third"]) {
      login(dir, account);
      const first = await row();
      expect(first).not.toContain("$10.00");
      await sandbox.settle(env);
      expect(await row()).toContain("$0.00 today");
    }
    // A login that was there before is known at once.
    login(dir, "first");
    expect(await row()).toContain("$10.00 today");
  }));

test("a new session's first row has the figures of the account that is logged in", () =>
  inSandbox(async (sandbox) => {
    ccusage(sandbox);
    const dir = `${sandbox.path}/dir`;
    const env = { CLAUDE_CONFIG_DIR: dir };
    login(dir, "first");
    spend(dir, 10);
    await sandbox.lines(sessionIn("/p/x", id(1)), env);
    await sandbox.settle(env);
    const [, second] = await sandbox.lines(sessionIn("/p/y", id(2)), env);
    expect(second).toContain("$10.00 today");
    login(dir, "second");
    const [, third = ""] = await sandbox.lines(sessionIn("/p/z", id(3)), env);
    expect(third).not.toContain("$10.00");
  }));

test("a login in a file of megabytes is found, and one that is only mentioned is not", () =>
  inSandbox(async (sandbox) => {
    ccusage(sandbox);
    const dir = `${sandbox.path}/dir`;
    const env = { CLAUDE_CONFIG_DIR: dir };
    mkdirSync(dir);
    spend(dir, 10);
    const history = Array.from({ length: 20_000 }, (_, n) => ({
      display: `"oauthAccount":{"accountUuid":"u${n}"} ${"x".repeat(90)}`,
    }));
    const account = (uuid: string) => ({
      projects: { "/p": { history } },
      oauthAccount: { accountUuid: uuid },
    });
    writeFileSync(`${dir}/.claude.json`, JSON.stringify(account("one")));
    const row = async () => (await sandbox.lines(sessionIn("/p/x", id(1)), env)).join("\n");
    await row();
    await sandbox.settle(env);
    expect(await row()).toContain("$10.00 today");
    writeFileSync(`${dir}/.claude.json`, JSON.stringify(account("two"), null, 2));
    expect(await row()).not.toContain("$10.00");
  }));

test("after a change of login the former account's limits are gone at once, until the session reports its own", () =>
  inSandbox(async (sandbox) => {
    const dir = `${sandbox.path}/dir`;
    const env = { CLAUDE_CONFIG_DIR: dir };
    const resets_at = Math.floor(Date.now() / 1000) + 7200;
    const row = async (used_percentage: number) => {
      const document = sessionIn("/p/a", id(1), {
        rate_limits: { five_hour: { used_percentage, resets_at } },
      });
      return (await sandbox.lines(document, env)).join("\n");
    };
    login(dir, "first");
    await row(90);
    await sandbox.settle(env);
    expect(await row(90)).toContain("5h 90%");
    login(dir, "second");
    for (const refresh of [false, true, true]) {
      if (refresh) await sandbox.settle(env);
      expect(await row(90)).not.toContain("5h");
    }
    expect(await row(3)).toContain("5h 3%");
    await sandbox.settle(env);
    expect(await row(3)).toContain("5h 3%");
    const { stdout } = await sandbox.run("", env, ["profiles"]);
    expect(stdout).toMatch(/Primary Account .*5h 90%/);
    expect(stdout).toMatch(/second@example\.org .*5h 3%/);
  }));

test("`account` alone on the row is shown, also where there is only one account", () =>
  inSandbox(async (sandbox) => {
    mkdirSync(`${sandbox.home}/.claude`);
    writeFileSync(`${sandbox.home}/.claude/statusline.user.json`, '{"lines": [["account"]]}');
    await sandbox.lines(sessionIn("/p/x", id(1)));
    await sandbox.settle();
    expect(await sandbox.lines(sessionIn("/p/x", id(1)))).toEqual(["Primary Account"]);
  }));
