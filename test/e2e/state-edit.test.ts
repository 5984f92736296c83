import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const id = (n: number) => `${String(n).padStart(8, "0")}-7a42-4793-a1b8-0a533aba93f8`;
const DAY = 86_400_000;

const path = (sandbox: Sandbox) => `${sandbox.health}/runtime-state.yaml`;
const stateOf = (sandbox: Sandbox) => parse(readFileSync(path(sandbox), "utf8"));

function put(sandbox: Sandbox, text: string): void {
  mkdirSync(sandbox.health, { recursive: true });
  writeFileSync(path(sandbox), text);
}

/** All that is archived of a kind, as data. */
function archived(sandbox: Sandbox, kind: string): { [name: string]: unknown }[] {
  const folder = `${sandbox.health}/archive`;
  const name = readdirSync(folder).find((each) => each.startsWith(kind)) ?? "";
  return parse(Bun.spawnSync(["gzip", "-dc", `${folder}/${name}`]).stdout.toString());
}

async function rendered(sandbox: Sandbox, ...sessions: object[]): Promise<void> {
  for (const session of sessions) await sandbox.lines(session);
  await sandbox.settle();
}

/** What a command did, in the words that it says. */
async function run(sandbox: Sandbox, ...args: string[]) {
  const { exitCode, stdout, stderr } = await sandbox.run("", {}, args);
  return { exitCode, said: stdout + stderr };
}

describe("profiles by command", () => {
  test("one that is added is there, and sessions that name it are its own", () =>
    inSandbox(async (sandbox) => {
      const added = await run(sandbox, "profiles", "add", "work", "Work at Acme");
      expect(added).toEqual({
        exitCode: 0,
        said: expect.stringContaining("added work, labelled Work at Acme"),
      });
      await sandbox.lines(sessionIn("/x/y", id(1)), { STATUSLINE_PROFILE: "work" });
      await sandbox.settle();
      const { authProfiles, sessions } = stateOf(sandbox);
      expect(authProfiles).toHaveLength(1);
      expect(authProfiles[0]).toMatchObject({
        profileId: "work",
        label: "Work at Acme",
        metadata: { detectionMethod: "manual", totalSessions: 1 },
      });
      expect(sessions[0].authProfile).toBe("work");
      expect(await run(sandbox, "profiles", "add", "work")).toEqual({
        exitCode: 1,
        said: expect.stringContaining('there is a profile "work" already'),
      });
    }));

  test("one that is removed is archived, with its sessions only if that is wanted", () =>
    inSandbox(async (sandbox) => {
      put(
        sandbox,
        `# mine\nauthProfiles:\n- profileId: a\n  label: A # my own\n- profileId: b\n  label: B\nsessions:\n  - sessionId: ${id(1)}\n    authProfile: a\n    metadata: {gatheredAt: 1, lastActivity: 1}\n`,
      );
      const before = readFileSync(path(sandbox), "utf8");
      expect(await run(sandbox, "profiles", "remove", "a")).toEqual({
        exitCode: 1,
        said: expect.stringContaining('"a" has 1 session(s); nothing was removed'),
      });
      expect(readFileSync(path(sandbox), "utf8")).toBe(before);
      expect((await run(sandbox, "profiles", "remove", "a", "--yes")).exitCode).toBe(0);
      expect((await run(sandbox, "profiles", "remove", "b")).exitCode).toBe(0);
      expect(stateOf(sandbox)).toMatchObject({ authProfiles: [], sessions: [] });
      expect(readFileSync(path(sandbox), "utf8")).toStartWith("# mine\n");
      expect(archived(sandbox, "accounts").map(({ profileId }) => profileId)).toEqual(["a", "b"]);
      expect(archived(sandbox, "sessions").map(({ sessionId }) => sessionId)).toEqual([id(1)]);
      expect(await run(sandbox, "profiles", "remove", "a")).toEqual({
        exitCode: 1,
        said: expect.stringContaining('no profile "a"; known: none yet'),
      });
    }));

  test.each([
    ["profiles add", "usage: statusline profiles add PROFILE [LABEL]"],
    ["profiles add a b c", "usage: statusline profiles add PROFILE [LABEL]"],
    ["profiles remove", "usage: statusline profiles remove [--yes] PROFILE"],
    ["profiles ad", 'did you mean "add"?'],
    ["state remove", "usage: statusline state"],
  ])("%s is wrong usage", (line, message) =>
    inSandbox(async (sandbox) => {
      const { exitCode, said } = await run(sandbox, ...line.split(" "));
      expect([exitCode, said]).toEqual([2, expect.stringContaining(message)]);
    }));
});

test("a session is removed by the beginning of its id, archived, and does not come back by itself", () =>
  inSandbox(async (sandbox) => {
    await rendered(sandbox, sessionIn("/x/y", id(1)), sessionIn("/x/z", id(2)));
    expect(await run(sandbox, "state", "remove", "0000000")).toEqual({
      exitCode: 1,
      said: expect.stringContaining('2 sessions begin with "0000000"'),
    });
    expect(await run(sandbox, "state", "remove", "nobody")).toMatchObject({ exitCode: 1 });
    expect((await run(sandbox, "state", "remove", "00000001")).exitCode).toBe(0);
    await sandbox.settle();
    expect(stateOf(sandbox).sessions.map((each: { sessionId: string }) => each.sessionId)).toEqual([id(2)]);
    expect(archived(sandbox, "sessions")[0]?.sessionId).toBe(id(1));
    expect(existsSync(`${sandbox.health}/frames/${id(1)}.json`)).toBe(false);
  }));

test("billing that is older than a week is archived with the sessions, what is newer stays", () =>
  inSandbox(async (sandbox) => {
    const billing = (days: number) =>
      `    billing: # hm\n      costToday: ${days}\n      lastFetched: ${Date.now() - days * DAY}\n    own: kept\n`;
    put(
      sandbox,
      `authProfiles:\n  - profileId: old\n    label: Old\n${billing(9)}  - profileId: new\n    label: New\n${billing(2)}sessions:\n  - sessionId: s\n    authProfile: old\n    metadata: {gatheredAt: 1, lastActivity: 1}\n`,
    );
    expect((await run(sandbox, "state", "cleanup")).said).toContain("archived 1 session(s)");
    const { authProfiles, sessions } = stateOf(sandbox);
    expect(sessions).toEqual([]);
    expect(authProfiles[0]).toEqual({ profileId: "old", label: "Old", own: "kept" });
    expect(authProfiles[1].billing.costToday).toBe(2);
    expect(archived(sandbox, "accounts")).toEqual([
      { profileId: "old", label: "Old", billing: { costToday: 9, lastFetched: expect.any(Number) } },
    ]);
  }));

test("a state file that has become large is compacted: what was silent longest is archived, what is active stays", () =>
  inSandbox(async (sandbox) => {
    const COUNT = 600;
    const sessions = Array.from({ length: COUNT }, (_, n) => {
      const time = Date.now() - ((n + 2) * 3_600_000) / 10;
      return `  - sessionId: ${id(n + 10)}\n    authProfile: default\n    projectPath: /${"x".repeat(500)}\n    metadata:\n      gatheredAt: ${time}\n      lastActivity: ${time}\n`;
    });
    put(sandbox, `# mine\nsessions:\n${sessions.join("")}`);
    const before = statSync(path(sandbox)).size;
    expect(before).toBeGreaterThan(256 * 1024);
    await rendered(sandbox, sessionIn("/x/y", id(1)));
    const { size } = statSync(path(sandbox));
    expect(size).toBeLessThan(140 * 1024);
    expect(size).toBeGreaterThan(90 * 1024);
    const left = stateOf(sandbox).sessions.map((each: { sessionId: string }) => each.sessionId);
    const gone = archived(sandbox, "sessions").map(({ sessionId }) => sessionId);
    expect([...left, ...gone].toSorted()).toEqual([id(1), ...sessions.map((_, n) => id(n + 10))].toSorted());
    expect(left).toContain(id(1));
    expect(left).toContain(id(10));
    expect(gone).toContain(id(COUNT + 9));
    expect(readFileSync(path(sandbox), "utf8")).toStartWith("# mine\n");
  }));
