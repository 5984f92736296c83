import { describe, expect, test } from "bun:test";
import { readdirSync, utimesSync } from "node:fs";
import {
  ccusageFolder,
  inSandbox,
  type Sandbox,
  sessionIn,
  wellIntoTheDay,
  wellIntoTheMinute,
  writeHistory,
} from "../harness.ts";
import { gone, hangingCcusage, running } from "../processes.ts";
import { configure } from "./configured.ts";

const session = sessionIn("/x/project", "22222222-2222-4222-8222-222222222222");
const costLine = async (sandbox: Sandbox) => (await sandbox.lines(session)).at(-1) ?? "";

/** Makes the cached values of ccusage as old as `ms`. */
async function age(sandbox: Sandbox, ms: number): Promise<void> {
  await Bun.sleep(120); // Within 100 ms an equal input gets an equal frame.
  for (const name of readdirSync(`${sandbox.health}/cache`)) {
    if (!/^cost-/.test(name)) continue;
    const time = (Date.now() - ms) / 1000;
    utimesSync(`${sandbox.health}/cache/${name}`, time, time);
  }
}

describe("real ccusage", () => {
  test("session, today, burn rate, block and week", () =>
    inSandbox(async (sandbox) => {
      sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
      sandbox.env.COLUMNS = "164";
      await wellIntoTheDay();
      writeHistory(`${sandbox.home}/.claude`, [Date.now() - 120_000, Date.now() - 60_000]);
      expect(await costLine(sandbox)).toBe("$0.02 session  … today  │  … week");
      await sandbox.settle();
      expect(await costLine(sandbox)).toMatch(
        /^\$0\.02 session {2}\$5\.00 today {2}\$5\.00\/h {2}│ {2}[0-9hm]+ left → \d\d:00 {2}│ {2}\$5\.00 week · 200k tokens$/,
      );
    }));

  test("no history is no cost, and no failure", () =>
    inSandbox(async (sandbox) => {
      sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
      await costLine(sandbox);
      await sandbox.settle();
      expect(await costLine(sandbox)).toBe("$0.02 session  ≥$0.02 today  │  ≥$0.02 week · 0 tokens");
      expect(sandbox.log()).toBe("");
    }));
});

const broken: Record<string, string> = {
  absent: "",
  failing: "echo boom >&2; exit 3",
  "printing garbage": "echo '<html>'",
  "printing another JSON": 'echo \'{"blocks": 7, "daily": "x"}\'',
  "printing without end": "exec yes",
};

describe("ccusage that does not work", () => {
  for (const [name, script] of Object.entries(broken)) {
    test(`${name}: the old value with 🔴, then left out`, () =>
      inSandbox(async (sandbox) => {
        sandbox.env.PATH = `${sandbox.path}/bin:/usr/bin:/bin`;
        if (script !== "")
          sandbox.program("ccusage", `[ "$1" = --version ] && echo ccusage 20.0.20 || { ${script}; }`);
        expect(await costLine(sandbox)).toBe("$0.02 session  … today  │  … week");
        await sandbox.settle();
        expect(await costLine(sandbox)).toBe("$0.02 session");
        expect(sandbox.log()).toContain("error cost: ");
      }));
  }

  test("the last value stays, and is marked when it is stale", () =>
    inSandbox(async (sandbox) => {
      const { PATH = "" } = sandbox.env;
      sandbox.env.PATH = `${ccusageFolder}:${PATH}`;
      writeHistory(`${sandbox.home}/.claude`, [Date.now() - 1000]);
      await costLine(sandbox);
      await sandbox.settle();
      await wellIntoTheMinute();
      const fresh = await costLine(sandbox);
      sandbox.program("ccusage", "exit 3");
      await age(sandbox, 20 * 60_000);
      await costLine(sandbox);
      await sandbox.settle();
      expect(await costLine(sandbox)).toBe(fresh);
      expect(sandbox.log()).toContain("exited with 3");
      await age(sandbox, 3 * 3_600_000);
      expect(await costLine(sandbox)).toBe(
        fresh.replaceAll(/(today|\/h|left → \d\d:00|tokens)(?= {2}│|$)/g, "$1 🔴"),
      );
    }));
});

test("a ccusage that hangs is killed with all that it started", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, { "modules.cost.timeout": "3s", "modules.weekly.timeout": "3s" });
    const sleep = hangingCcusage(sandbox, `77${process.pid}`);
    await costLine(sandbox);
    for (let n = 0; n < 100 && running(sleep).length === 0; n++) await Bun.sleep(20);
    expect(running(sleep)).not.toEqual([]);
    // Meanwhile the row is there, and git and the clock are not held up.
    expect(await costLine(sandbox)).toBe("$0.02 session  … today  │  … week");
    await sandbox.settle();
    await gone(sleep);
    expect(await costLine(sandbox)).toBe("$0.02 session");
    expect(sandbox.log()).toContain("timed out after 3 s");
  }));
