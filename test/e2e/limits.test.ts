import { expect, test } from "bun:test";
import { readdirSync, rmSync, utimesSync } from "node:fs";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const id = (n: number) => `${String(n).padStart(8, "0")}-3c42-4793-a1b8-0a533aba93f8`;
const HOUR = 3600;
const seconds = () => Math.floor(Date.now() / 1000);

/** A session that works, with this much of the 5-hour and of the weekly window used. */
function using(n: number, five: number, week: number, changes: object = {}) {
  const rate_limits = {
    five_hour: { used_percentage: five, resets_at: 2 * HOUR + start },
    seven_day: { used_percentage: week, resets_at: 76 * HOUR + start },
  };
  return sessionIn(`/x/p${n}`, id(n), { rate_limits, ...changes });
}
const start = seconds();

const row = async (sandbox: Sandbox, session: object) => (await sandbox.lines(session)).join("\n");

test("an idle session shows what a busy one of the same account was told last", () =>
  inSandbox(async (sandbox) => {
    const idle = using(1, 10, 20);
    expect(await row(sandbox, idle)).toContain("5h 10%");
    await sandbox.settle();
    await row(sandbox, using(2, 60, 25));
    await sandbox.settle();
    // Neither its next render nor one with new costs makes its own report newer than it is.
    expect(await row(sandbox, idle)).toMatch(/5h 60% .*7d 25%/);
    const more = { ...idle, cost: { total_cost_usd: 9 } };
    expect(await row(sandbox, more)).toMatch(/5h 60% .*7d 25%/);
    await sandbox.settle();
    expect(await row(sandbox, using(2, 60, 25))).toMatch(/5h 60% .*7d 25%/);
    const table = (await sandbox.run("", {}, ["profiles"])).stdout;
    expect(table).toMatch(/Primary Account .*5h 60% .*7d 25%/);

    // Its own next report is the newest again, at once.
    expect(await row(sandbox, using(1, 61, 25))).toContain("5h 61%");
    await sandbox.settle();
    expect(await row(sandbox, using(2, 60, 25))).toContain("5h 61%");
  }));

test("health follows the account's limits, not the session's own old ones", () =>
  inSandbox(async (sandbox) => {
    await row(sandbox, using(1, 10, 20));
    await sandbox.settle();
    await row(sandbox, using(2, 97, 20));
    await sandbox.settle();
    await sandbox.settle();
    const { sessions } = JSON.parse((await sandbox.run("", {}, ["state", "--json"])).stdout);
    const reason = "97% of the 5-hour limit used";
    expect(sessions).toHaveLength(2);
    for (const { health } of sessions)
      expect(health).toMatchObject({ status: "critical", issues: expect.arrayContaining([reason]) });
  }));

test("a new session that repeats what an older one was told does not make it news", () =>
  inSandbox(async (sandbox) => {
    await row(sandbox, using(1, 10, 20));
    await row(sandbox, using(2, 60, 25));
    await sandbox.settle();
    // `/clear` in the first: a new id, no cost, and the limits as they were.
    rmSync(`${sandbox.health}/frames/${id(1)}.json`);
    const cleared = using(3, 10, 20, { cost: { total_cost_usd: 0 } });
    await row(sandbox, cleared);
    await sandbox.settle();
    expect(await row(sandbox, cleared)).toMatch(/5h 60% .*7d 25%/);
    expect(await row(sandbox, using(2, 60, 25))).toMatch(/5h 60% .*7d 25%/);
  }));

test("a window that has been reset says so, in every session, and the other window stays", () =>
  inSandbox(async (sandbox) => {
    await row(sandbox, using(1, 85, 20));
    await sandbox.settle();
    sandbox.env.STATUSLINE_NOW = String((start + 2 * HOUR + 60) * 1000);
    const { rate_limits } = using(1, 85, 20) as unknown as { rate_limits: { seven_day: object } };
    // The client drops the window when its reset passes.
    const after = using(1, 0, 0, { rate_limits: { seven_day: rate_limits.seven_day } });
    expect(await row(sandbox, after)).toMatch(/5h reset +7d 20%/);
    expect(await row(sandbox, using(2, 85, 20))).toMatch(/5h reset +7d 20%/);
  }));

test("a session that works and reports no limits shows none of the account's", () =>
  inSandbox(async (sandbox) => {
    await row(sandbox, using(1, 60, 20));
    await sandbox.settle();
    const without = using(2, 0, 0, { rate_limits: undefined });
    await row(sandbox, without);
    await sandbox.settle();
    expect(await row(sandbox, without)).not.toContain("5h");
    const fresh = using(3, 0, 0, { rate_limits: undefined, cost: { total_cost_usd: 0 } });
    await row(sandbox, fresh);
    await sandbox.settle();
    expect(await row(sandbox, fresh)).toContain("5h 60%");
  }));

test("a busy session's reports start a refresher every ten seconds, not with every reply", () =>
  inSandbox(async (sandbox) => {
    await row(sandbox, using(1, 10, 20));
    await sandbox.settle();
    const cache = `${sandbox.health}/cache`;
    const name = readdirSync(cache).find((each) => each.startsWith("limits-"));
    const shared = () => JSON.parse(sandbox.read(`${cache}/${name}`)).data.fiveHour.usedPercent;
    const reported = async (percent: number) => {
      expect(await row(sandbox, using(1, percent, 20))).toContain(`5h ${percent}%`);
      await Bun.sleep(700);
      return shared();
    };
    expect(await reported(11)).toBe(10);
    expect(await reported(12)).toBe(10);
    const old = Date.now() / 1000 - 11;
    utimesSync(`${cache}/${name}`, old, old);
    expect(await reported(13)).toBe(13);
  }));
