import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { entryText } from "../../src/cache/store.ts";
import { ccusageFolder, inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const id = "33333333-3333-4333-8333-333333333333";
const PRICED = "claude-opus-4-5-20251101";
/** A model that ccusage 20 has no price for without a network. */
const UNPRICED = "claude-opus-5-5";

/** A reply: when, by which model, so many output tokens ($25 a million for the priced one). */
type Reply = readonly [at: number, model: string, tokens: number];

function history(sandbox: Sandbox, replies: readonly Reply[]): void {
  const folder = `${sandbox.home}/.claude/projects/-p`;
  mkdirSync(folder, { recursive: true });
  const usage = { input_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const lines = replies.map(([at, model, output_tokens], n) =>
    JSON.stringify({
      type: "assistant",
      sessionId: "s",
      version: "2.1.332",
      requestId: `req_${n}`,
      timestamp: new Date(at).toISOString(),
      message: { id: `msg_${n}`, role: "assistant", model, content: [], usage: { ...usage, output_tokens } },
    }),
  );
  writeFileSync(`${folder}/history.jsonl`, `${lines.join("\n")}\n`);
}

const document = (changes: Record<string, unknown> = {}) =>
  sessionIn("/x/project", id, { cost: { total_cost_usd: 0, total_duration_ms: 0 }, ...changes });

/** The line of money once ccusage has been asked. */
async function settled(
  sandbox: Sandbox,
  session: object = document(),
  env: Record<string, string> = {},
): Promise<string> {
  sandbox.env.COLUMNS = "164";
  if (!sandbox.env.PATH?.includes("node_modules")) sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
  await sandbox.lines(session, env);
  await sandbox.settle(env);
  await Bun.sleep(120); // Past the rate limit.
  return (await sandbox.lines(session, env)).at(-1) ?? "";
}

const cachedSpending = (sandbox: Sandbox) => {
  const name = readdirSync(`${sandbox.health}/cache`).find((each) => each.startsWith("cost-")) ?? "";
  return {
    path: `${sandbox.health}/cache/${name}`,
    ...JSON.parse(sandbox.read(`${sandbox.health}/cache/${name}`)),
  };
};
const stateOf = (sandbox: Sandbox) => parse(readFileSync(`${sandbox.health}/runtime-state.yaml`, "utf8"));

/** Changes what is cached of the account's spending, and makes it old enough to be fetched again. */
function replaceCached(sandbox: Sandbox, changes: object = {}): void {
  const { path, check, ...entry } = cachedSpending(sandbox);
  expect(check).toBeString();
  writeFileSync(path, entryText({ ...entry, data: { ...entry.data, ...changes } }));
  const time = (Date.now() - 5 * MINUTE) / 1000;
  utimesSync(path, time, time);
}

/** A zone, of those with whole or half hours, in which it is now between one and 23 hours since midnight. */
const zoneAt = (wanted: number) => {
  const utc = (Date.now() % DAY) / HOUR;
  const ahead = Math.floor((((wanted - utc) % 24) + 24) % 24);
  return ahead > 12 ? `Etc/GMT+${24 - ahead}` : `Etc/GMT-${ahead}`;
};
const midnightIn = (offsetHours: number) => {
  const local = Date.now() + offsetHours * HOUR;
  return local - (local % DAY) - offsetHours * HOUR;
};

describe("models without a known price", () => {
  test("a sum with them is at least what is known, in the row and in the state", () =>
    inSandbox(async (sandbox) => {
      const env = { TZ: zoneAt(12) };
      history(sandbox, [
        [Date.now() - 2 * MINUTE, PRICED, 800],
        [Date.now() - MINUTE, UNPRICED, 2_000_000],
      ]);
      expect(await settled(sandbox, document(), env)).toMatch(
        /^\$0\.00 session {2}≥\$0\.02 today {2}≥\$0\.02\/h {2}│ .* │ {2}≥\$0\.02 week · 2M tokens$/,
      );
      expect(stateOf(sandbox).authProfiles[0].billing).toMatchObject({
        costToday: null,
        costTodayAtLeast: 0.02,
        burnRatePerHour: null,
      });
      const { stdout } = await sandbox.run("", env, ["profiles"]);
      expect(stdout).toContain("≥$0.02");
      const ascii = await sandbox.run(JSON.stringify(document()), { ...env, STATUSLINE_CHARSET: "ascii" });
      expect(ascii.stdout).toContain(">=$0.02 today");
    }));

  test("nothing but them is an unknown sum; the client's own answers cost nothing", () =>
    inSandbox(async (sandbox) => {
      const env = { TZ: zoneAt(12) };
      history(sandbox, [[Date.now() - MINUTE, UNPRICED, 5000]]);
      expect(await settled(sandbox, document(), env)).toMatch(/ – today {2}│ .* – week · 5k tokens$/);
    }));

  test("`<synthetic>` answers leave a sum exact, and a true 0 is $0.00", () =>
    inSandbox(async (sandbox) => {
      const env = { TZ: zoneAt(12) };
      history(sandbox, [[Date.now() - MINUTE, "<synthetic>", 50]]);
      expect(await settled(sandbox, document(), env)).toContain("$0.00 session  $0.00 today");
      expect(stateOf(sandbox).authProfiles[0].billing.costToday).toBe(0);
    }));
});

describe("today and the week", () => {
  test.each([
    ["Asia/Kolkata", 5.5],
    ["Australia/Adelaide", 10.5],
    ["America/St_Johns", -3.5],
    ["UTC", 0],
  ])("work across midnight is split there, in %s", (TZ, offset) =>
    inSandbox(async (sandbox) => {
      const midnight = midnightIn(offset);
      const after = Math.min(Date.now(), midnight + 40 * MINUTE);
      history(sandbox, [
        [midnight - 60_000, PRICED, 400_000],
        [midnight - 1000, PRICED, 400_000],
        [midnight + 1000, PRICED, 40_000],
        [after, PRICED, 40_000],
      ]);
      const line = await settled(sandbox, document(), { TZ });
      expect(line).toContain("session  $2.00 today");
      const isMonday = new Date(midnight + offset * HOUR).getUTCDay() === 1;
      expect(line).toContain(isMonday ? "$2.00 week" : "$22.00 week");
    }));

  test("one question for both", () =>
    inSandbox(async (sandbox) => {
      sandbox.program("ccusage", `echo "$*" >>"$HOME/asked"; exec ${ccusageFolder}/ccusage "$@"`);
      sandbox.env.PATH += `:${ccusageFolder}`;
      history(sandbox, [[Date.now() - MINUTE, PRICED, 40_000]]);
      expect(await settled(sandbox)).toContain("$1.00 week");
      const asked = sandbox.read(`${sandbox.home}/asked`).trim().split("\n");
      expect(asked.map((line) => line.replace(/ --.*/, ""))).toEqual(["--version", "claude daily", "blocks"]);
      for (const line of asked.slice(1)) expect(line).toMatch(/--since 2\d{7} --timezone UTC$/);
    }));

  test.each(["15", "18"])("of ccusage %s, which has plain `daily`", (major) =>
    inSandbox(async (sandbox) => {
      const captures = new URL("../fixtures/captures/ccusage", import.meta.url).pathname;
      const today = new Date().toISOString().slice(0, 10);
      sandbox.program(
        "ccusage",
        `case "$*" in --version) echo ${major}.0.11;; daily*) sed s/2026-09-26/${today}/ ${captures}/v${major}-daily.json;; blocks*) echo '{"blocks":[]}';; *) exit 1;; esac`,
      );
      sandbox.env.PATH += `:${ccusageFolder}`;
      const sum = major === "15" ? "–" : "\\$32\\.41";
      expect(await settled(sandbox)).toMatch(new RegExp(`  ${sum} today  │  ${sum} week · 54\\.9M tokens$`));
    }));
});

describe("the last hour", () => {
  test("two replies within a second are not an hour of them", () =>
    inSandbox(async (sandbox) => {
      history(sandbox, [
        [Date.now() - MINUTE, PRICED, 400_000],
        [Date.now() - MINUTE + 1000, PRICED, 400_000],
      ]);
      expect(await settled(sandbox)).toContain("  $20.00/h");
    }));

  test("idle for 50 minutes it is what was spent before, after an hour it is nothing", () =>
    inSandbox(async (sandbox) => {
      history(sandbox, [[Date.now() - 50 * MINUTE, PRICED, 400_000]]);
      expect(await settled(sandbox)).toContain("  $10.00/h");
      history(sandbox, [[Date.now() - 61 * MINUTE, PRICED, 400_000]]);
      replaceCached(sandbox);
      expect(await settled(sandbox)).not.toContain("/h");
      expect(stateOf(sandbox).authProfiles[0].billing.burnRatePerHour).toBe(0);
    }));

  test("of longer work it is the difference to what was counted an hour ago, and at least that to a younger sum", () =>
    inSandbox(async (sandbox) => {
      const env = { TZ: zoneAt(12) };
      history(sandbox, [
        [Date.now() - 100 * MINUTE, PRICED, 400_000],
        [Date.now() - MINUTE, PRICED, 80_000],
      ]);
      expect(await settled(sandbox, document(), env)).not.toContain("/h");
      const sampleOf = (minutes: number) => ({ at: Date.now() - minutes * MINUTE, usd: 10, tokens: 400_000 });
      replaceCached(sandbox, { samples: [sampleOf(9)] });
      expect(await settled(sandbox, document(), env)).not.toContain("/h");
      replaceCached(sandbox, { samples: [sampleOf(12)] });
      expect(await settled(sandbox, document(), env)).toContain("  ≥$2.00/h");
      expect(stateOf(sandbox).authProfiles[0].billing.burnRatePerHour).toBeNull();
      replaceCached(sandbox, { samples: [sampleOf(60), sampleOf(12)] });
      expect(await settled(sandbox, document(), env)).toContain("  $2.00/h");
      expect(stateOf(sandbox).authProfiles[0].billing.burnRatePerHour).toBeCloseTo(2, 1);
    }));
});

describe("one 5-hour clock", () => {
  const resetsAt = Math.floor(Date.now() / 1000) + 4 * 3600 + 30;

  test("the client's window and no block, in the row and in the state", () =>
    inSandbox(async (sandbox) => {
      history(sandbox, [[Date.now() - 2 * HOUR, PRICED, 400_000]]);
      const five_hour = { used_percentage: 12, resets_at: resetsAt };
      const line = await settled(sandbox, document({ rate_limits: { five_hour } }));
      expect(line).toContain("5h 12%");
      expect(line).not.toContain("left");
      const { billing } = stateOf(sandbox).authProfiles[0];
      expect(billing.resetTime).toBe(new Date(resetsAt * 1000).toISOString().slice(11, 16));
      expect([240, 241]).toContain(billing.budgetRemaining);
      // A new session of the account, of which the client reports nothing yet.
      const other = { ...document(), session_id: id.replaceAll("3", "4") };
      expect(await settled(sandbox, other)).not.toContain("left");
    }));

  test("ccusage's block where the client reports no limits", () =>
    inSandbox(async (sandbox) => {
      history(sandbox, [[Date.now() - HOUR, PRICED, 400_000]]);
      expect(await settled(sandbox)).toMatch(/│ {2}\dh(\d+m)? left → \d\d:00 {2}│/);
      expect(stateOf(sandbox).authProfiles[0].billing.resetTime).toMatch(/^\d\d:00$/);
    }));
});

describe("today is at least what the session has cost since midnight", () => {
  const cost = (usd: number, hours: number) => ({
    cost: { total_cost_usd: usd, total_duration_ms: hours * HOUR },
  });

  test("all of it where the session began today", () =>
    inSandbox(async (sandbox) => {
      const env = { TZ: zoneAt(12) };
      const line = await settled(sandbox, document(cost(0.5, 1)), env);
      expect(line).toContain("$0.50 session  ≥$0.50 today");
      expect(line).toContain("≥$0.50 week");
    }));

  test("at once, also of a session that ccusage has not been asked for since", () =>
    inSandbox(async (sandbox) => {
      const env = { TZ: zoneAt(12) };
      await settled(sandbox, document(), env);
      const other = (usd: number) => ({ ...document(cost(usd, 0)), session_id: id.replaceAll("3", "6") });
      const lineOf = async (usd: number) => (await sandbox.lines(other(usd), env)).at(-1);
      expect(await lineOf(0)).toContain("$0.00 session");
      await sandbox.settle(env);
      expect(await lineOf(0.4)).toContain("$0.40 session  ≥$0.40 today");
    }));

  test("nothing of what a session has brought from yesterday, by its duration or its transcript", () =>
    inSandbox(async (sandbox) => {
      const env = { TZ: zoneAt(12) };
      expect(await settled(sandbox, document(cost(5, 20)), env)).toContain("$5.00 session  $0.00 today");
      const transcript = `${sandbox.path}/resumed.jsonl`;
      const yesterday = new Date(Date.now() - DAY).toISOString();
      writeFileSync(transcript, `{"type":"user","timestamp":"${yesterday}"}\n`);
      const resumed = (usd: number) => ({
        ...document({ ...cost(usd, 0.1), transcript_path: transcript }),
        session_id: id.replaceAll("3", "5"),
      });
      replaceCached(sandbox);
      expect(await settled(sandbox, resumed(5), env)).toContain("$5.00 session  $0.00 today");
      // What it has cost since it was first seen today counts.
      expect(await settled(sandbox, resumed(5.25), env)).toContain("$5.25 session  ≥$0.25 today");
    }));
});

test("money that does not fit its tokens is not shown, and a warning says so", () =>
  inSandbox(async (sandbox) => {
    const today = new Date().toISOString().slice(0, 10);
    const day = JSON.stringify({ date: today, totalCost: 9999, totalTokens: 20, modelBreakdowns: [] });
    sandbox.program(
      "ccusage",
      `case "$*" in --version) echo 20.0.20;; *daily*) echo '{"daily":[${day}]}';; *) echo '{"blocks":[]}';; esac`,
    );
    sandbox.env.PATH += `:${ccusageFolder}`;
    expect(await settled(sandbox)).toMatch(/ – today {2}│ {2}– week/);
    expect(sandbox.log()).toContain(`9999 US dollars for 20 tokens (${today}) is too much`);
    expect(stateOf(sandbox).authProfiles[0].billing.costToday).toBeNull();
  }));

test("a session's cost a little below 0 is $0.00", () =>
  inSandbox(async (sandbox) => {
    const line = await settled(sandbox, document({ cost: { total_cost_usd: -0.0004 } }));
    expect(line).toStartWith("$0.00 session");
  }));
