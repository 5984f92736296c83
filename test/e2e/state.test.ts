import { describe, expect, test } from "bun:test";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { parse } from "yaml";
import { ccusageFolder, inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const id = (n: number) => `${String(n).padStart(8, "0")}-1b42-4793-a1b8-0a533aba93f8`;
/** Puts the state that a person has written in its place. */
function put(sandbox: Sandbox, text: string): void {
  mkdirSync(sandbox.health, { recursive: true });
  writeFileSync(`${sandbox.health}/runtime-state.yaml`, text, { mode: 0o644 });
}

const stateOf = (sandbox: Sandbox) => parse(readFileSync(`${sandbox.health}/runtime-state.yaml`, "utf8"));

async function rendered(sandbox: Sandbox, ...sessions: object[]): Promise<void> {
  await Promise.all(sessions.map((session) => sandbox.lines(session)));
  await sandbox.settle();
}

describe("sessions", () => {
  test("every session that renders is there within one refresh, with its own data and its account", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo", "trunk");
      const sessions = Array.from({ length: 5 }, (_, n) =>
        sessionIn(repo, id(n), {
          model: { id: `m${n}`, display_name: `Model ${n}` },
          context_window: {
            context_window_size: 1000,
            current_usage: { input_tokens: 100 * n },
            used_percentage: 10 * n,
          },
        }),
      );
      await rendered(sandbox, ...sessions);
      const { sessions: found, authProfiles, metadata } = stateOf(sandbox);
      expect(authProfiles).toEqual([
        expect.objectContaining({ profileId: "default", label: "Primary Account" }),
      ]);
      expect(authProfiles[0].metadata.totalSessions).toBe(5);
      expect(metadata).toMatchObject({ version: "1.0", totalAuthProfiles: 1, totalActiveSessions: 5 });
      for (let n = 0; n < 5; n++) {
        expect(found.find((each: { sessionId: string }) => each.sessionId === id(n))).toMatchObject({
          authProfile: "default",
          projectPath: repo,
          model: { value: `Model ${n}`, source: "jsonInput" },
          context: { tokensUsed: 100 * n, percentUsed: 10 * n, windowSize: 1000 },
          git: { branch: "trunk", dirty: 0 },
        });
      }
    }));

  test("health tells why", () =>
    inSandbox(async (sandbox) => {
      const transcript_path = `${sandbox.path}/t.jsonl`;
      writeFileSync(transcript_path, '{"type":"user","message":{"content":"hello"}}\n');
      const usage = { context_window_size: 1000, current_usage: { input_tokens: 920 }, used_percentage: 92 };
      const rate_limits = { five_hour: { used_percentage: 85, resets_at: 4_000_000_000 } };
      await rendered(
        sandbox,
        sessionIn("/x/y", id(1), { transcript_path, context_window: usage, rate_limits }),
      );
      const [session] = stateOf(sandbox).sessions;
      expect(session.health).toMatchObject({
        status: "critical",
        issues: ["92% of the context window used", "85% of the 5-hour limit used"],
      });
      expect(session.transcript).toMatchObject({
        exists: true,
        messageCount: 1,
        lastMessagePreview: "hello",
      });
    }));

  test("sessions silent for a week are dropped once a day, archived, and can be read again", () =>
    inSandbox(async (sandbox) => {
      mkdirSync(sandbox.health, { recursive: true });
      const old = Date.now() - 8 * 86_400_000;
      writeFileSync(
        `${sandbox.health}/runtime-state.yaml`,
        `sessions:\n  # keep this\n  - sessionId: old\n    authProfile: default\n    # inside\n    metadata: {gatheredAt: ${old}, lastActivity: ${old}}\n`,
      );
      await rendered(sandbox, sessionIn("/x/y", id(1)));
      expect(stateOf(sandbox).sessions).toHaveLength(2);
      sandbox.env.STATUSLINE_NOW = String(Date.now() + 25 * 3_600_000);
      await rendered(sandbox, sessionIn("/x/y", id(1)));
      expect(stateOf(sandbox).sessions.map((each: { sessionId: string }) => each.sessionId)).toEqual([id(1)]);
      expect(sandbox.read(`${sandbox.health}/runtime-state.yaml`)).toContain("# keep this");
      const [name = ""] = readdirSync(`${sandbox.health}/archive`);
      const archived = Bun.gunzipSync(readFileSync(`${sandbox.health}/archive/${name}`));
      expect(new TextDecoder().decode(archived)).toContain("# inside");
      expect(parse(new TextDecoder().decode(archived))[0].sessionId).toBe("old");
    }));
});

describe("a file that cannot be used", () => {
  test.each([
    ["half-written", "authProfiles:\n  - profileId: mine\n    label: Mine\nsessions: [{a: 1\n"],
    ["not fields", "- a\n- b\n"],
    ["a list that is none", "authProfiles:\n  - profileId: mine\n    label: Mine\nsessions: 7\n"],
  ])("%s: set aside whole, what is good is kept, and it is told", (_, text) =>
    inSandbox(async (sandbox) => {
      put(sandbox, text);
      await rendered(sandbox, sessionIn("/x/y", id(1)));
      const aside = readdirSync(sandbox.health).filter((name) => name.endsWith(".broken"));
      expect(aside).toHaveLength(1);
      expect(statSync(`${sandbox.health}/${aside[0]}`).mode & 0o777).toBe(0o600);
      expect(sandbox.read(`${sandbox.health}/${aside[0]}`)).toBe(text);
      const { authProfiles, sessions } = stateOf(sandbox);
      expect(sessions).toHaveLength(1);
      if (text.includes("Mine"))
        expect(authProfiles).toContainEqual(expect.objectContaining({ profileId: "mine", label: "Mine" }));
      expect(sandbox.log()).toMatch(/error state: line \d+, column \d+: /);
      expect((await sandbox.run("", {}, ["doctor"])).stdout).toContain(aside[0] ?? "-");
    }));

  test.each([
    ["authProfiles: # c\r  - profileId: p\r    label: A\r", "1:1: authProfiles: the line ends with CR alone"],
    [
      "authProfiles:\n  - profileId: p\n    label: A\n    label: B\n",
      "4:5: authProfiles[0].label: is there twice",
    ],
  ])("%j is never written over, and told of with its place", (text, message) =>
    inSandbox(async (sandbox) => {
      put(sandbox, text);
      await rendered(sandbox, sessionIn("/x/y", id(1)));
      const label = await sandbox.run("", {}, ["state", "label", "p", "New"]);
      expect([label.exitCode, label.stderr]).toEqual([1, expect.stringContaining("cannot be edited")]);
      const check = await sandbox.run("", {}, ["state", "check"]);
      expect(check.stderr).toContain(`runtime-state.yaml:${message}`);
      const doctor = await sandbox.run("", {}, ["doctor"]);
      expect(doctor.stdout).toContain(`runtime-state.yaml:${message}`);
      expect(sandbox.read(`${sandbox.health}/runtime-state.yaml`)).toContain(text);
    }));

  test.each([
    ["", "empty"],
    ["metadata: # mine\n", "empty fields"],
    ["# a comment of mine\n\n# another\n", "comments only"],
  ])("%j is usable: %s", (text) =>
    inSandbox(async (sandbox) => {
      put(sandbox, text);
      await rendered(sandbox, sessionIn("/x/y", id(1)));
      const written = sandbox.read(`${sandbox.health}/runtime-state.yaml`);
      expect(written.replace(/(metadata: ){.*} /, "$1")).toStartWith(text);
      expect(readdirSync(sandbox.health).filter((name) => name.endsWith(".broken"))).toEqual([]);
      expect(stateOf(sandbox).sessions).toHaveLength(1);
    }));

  test.each([
    ["its label", "    label: 2024\n"],
    ["its billing", "    label: P\n    billing: ask me # hm\n"],
    ["its metadata", "    label: P\n    metadata: my notes # keep\n"],
    ["a count", "    label: P\n    metadata: {totalSessions: lots}\n"],
    ["a time", "    label: P\n    metadata: {lastUsed: yesterday}\n    own:   {a:   1}\n"],
  ])("a profile with a wrong type is left as it is: %s", (_, fields) =>
    inSandbox(async (sandbox) => {
      const text = `authProfiles:\n  - profileId: default\n${fields}`;
      put(sandbox, text);
      await rendered(sandbox, sessionIn("/x/y", id(1)), sessionIn("/x/z", id(2)));
      expect(sandbox.read(`${sandbox.health}/runtime-state.yaml`)).toContain(text);
      expect(stateOf(sandbox).sessions).toHaveLength(2);
    }));

  test("an entry with wrong types is left as it is and told of; the others go on", () =>
    inSandbox(async (sandbox) => {
      const text = `sessions:\n  - sessionId: ${id(1)}\n    authProfile: 7\n    metadata: none\n`;
      put(sandbox, text);
      await rendered(sandbox, sessionIn("/x/y", id(1)), sessionIn("/x/z", id(2)));
      expect(sandbox.read(`${sandbox.health}/runtime-state.yaml`)).toContain(text);
      expect(stateOf(sandbox).sessions).toHaveLength(2);
      const { exitCode, stderr } = await sandbox.run("", {}, ["state", "check"]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/runtime-state\.yaml:3:\d+: sessions\[0\]\.authProfile/);
    }));
});

describe("what older programs left", () => {
  const billing = {
    costToday: 40.5,
    burnRatePerHour: 15.2,
    budgetRemaining: 180.5,
    budgetPercentUsed: 45,
    resetTime: "13:00",
    weeklyBudgetRemaining: 3,
    isFresh: true,
    lastFetched: 1769818965000.25,
  };
  const record = (n: number) => ({
    sessionId: id(n),
    projectPath: `/home/me/p${n}`,
    transcriptPath: `/t/${n}.jsonl`,
    model: { value: `Model${n}`, source: "transcript", confidence: 90 },
    context: {
      tokensUsed: 1000 + n,
      tokensLeft: 5,
      percentUsed: n,
      windowSize: 200000,
      nearCompaction: false,
    },
    health: n % 2 === 0 ? { status: "warning", lastUpdate: 5, issues: [`issue ${n}`] } : "good",
    gatheredAt: 1769851737000 + n,
    firstSeen: 1769851000000 + n,
  });

  function leave(sandbox: Sandbox): Map<string, string> {
    mkdirSync(sandbox.health, { recursive: true });
    const files = new Map([
      ["billing-shared.json", JSON.stringify(billing)],
      ["broken-session.json", "{half"],
    ]);
    for (let n = 0; n < 13; n++) files.set(`${id(n)}.json`, JSON.stringify(record(n)));
    for (const [name, text] of files) writeFileSync(`${sandbox.health}/${name}`, text);
    return files;
  }

  test("13 sessions are taken over once, every figure, and the old files stay, when 15 sessions start at once", () =>
    inSandbox(async (sandbox) => {
      const files = leave(sandbox);
      await rendered(sandbox, ...Array.from({ length: 15 }, (_, n) => sessionIn(`/new/${n}`, id(100 + n))));
      const { authProfiles, sessions } = stateOf(sandbox);
      expect(authProfiles).toHaveLength(1);
      expect(authProfiles[0].metadata.totalSessions).toBe(28);
      expect(authProfiles[0].billing).toMatchObject({
        costToday: 40.5,
        budgetRemaining: 180.5,
        resetTime: "13:00",
        weeklyBudgetRemaining: 3,
        isFresh: false,
      });
      expect(sessions).toHaveLength(28);
      for (let n = 0; n < 13; n++) {
        const { health, gatheredAt, sessionId, firstSeen, ...rest } = record(n);
        const found = sessions.find((each: { sessionId: string }) => each.sessionId === sessionId);
        expect(found).toMatchObject({
          ...rest,
          authProfile: "default",
          metadata: { gatheredAt, lastActivity: gatheredAt },
        });
        expect(found.health.status).toBe(n % 2 === 0 ? "warning" : "healthy");
        if (typeof health === "object") expect(found.health.issues).toEqual(health.issues);
      }
      for (const [name, text] of files) {
        if (name !== "billing-shared.json") expect(sandbox.read(`${sandbox.health}/${name}`)).toBe(text);
      }
      expect(sandbox.log()).toContain("broken-session.json is not a JSON object");
      expect((await sandbox.run("", {}, ["doctor"])).stdout).toContain(
        "broken-session.json is not a JSON object",
      );
      expect(await sandbox.run("", {}, ["state", "migrate"])).toMatchObject({ exitCode: 0 });
      expect(stateOf(sandbox).sessions).toHaveLength(28);
    }));

  test("a shared billing file that is broken is left as it is", () =>
    inSandbox(async (sandbox) => {
      mkdirSync(sandbox.health, { recursive: true });
      writeFileSync(`${sandbox.health}/billing-shared.json`, "{half");
      sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
      await rendered(sandbox, sessionIn("/x/y", id(1)));
      expect(stateOf(sandbox).authProfiles[0].billing.costToday).toBe(0);
      expect(sandbox.read(`${sandbox.health}/billing-shared.json`)).toBe("{half");
      expect(sandbox.log()).toContain("billing-shared.json is not a JSON object");
    }));

  test("--dry-run tells and writes nothing", () =>
    inSandbox(async (sandbox) => {
      leave(sandbox);
      const { stdout } = await sandbox.run("", {}, ["state", "migrate", "--dry-run"]);
      expect(stdout).toContain("would import 1 profile(s) and 13 session(s)");
      expect(stdout).toContain("broken-session.json");
      expect(existsSync(`${sandbox.health}/runtime-state.yaml`)).toBe(false);
    }));
});

test("a session whose transcript is a pipe or a folder holds nobody up", () =>
  inSandbox(async (sandbox) => {
    Bun.spawnSync(["mkfifo", `${sandbox.path}/pipe`]);
    const repo = sandbox.repository("repo", "trunk");
    await rendered(
      sandbox,
      sessionIn("/x/a", id(1), { transcript_path: `${sandbox.path}/pipe` }),
      sessionIn("/x/b", id(2), { transcript_path: sandbox.path }),
      sessionIn(repo, id(3)),
    );
    expect(stateOf(sandbox).sessions).toHaveLength(3);
    expect((await sandbox.lines(sessionIn(repo, id(3))))[0]).toContain("trunk  │");
  }));

test("a state file behind a link stays there", () =>
  inSandbox(async (sandbox) => {
    mkdirSync(sandbox.health, { recursive: true });
    writeFileSync(`${sandbox.path}/mine.yaml`, "# mine\n");
    symlinkSync(`${sandbox.path}/mine.yaml`, `${sandbox.health}/runtime-state.yaml`);
    await rendered(sandbox, sessionIn("/x/a", id(1)));
    expect(lstatSync(`${sandbox.health}/runtime-state.yaml`).isSymbolicLink()).toBe(true);
    expect(sandbox.read(`${sandbox.path}/mine.yaml`)).toStartWith("# mine\n");
    expect(stateOf(sandbox).sessions).toHaveLength(1);
  }));
