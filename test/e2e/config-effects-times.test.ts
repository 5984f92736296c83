import { describe, expect, test } from "bun:test";
import { themeOf } from "../../src/look/theme-sgr.ts";
import { colors } from "../../src/look/themes.ts";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { gone } from "../processes.ts";
import {
  answeringCcusage,
  configure,
  later,
  newId,
  rendered,
  timesAsked,
  type Values,
} from "./configured.ts";

const MINUTE = 60_000;
const SECOND = 1000;

/** A session whose figures ccusage has given, at the time that the clock is held at. */
async function fetched(sandbox: Sandbox, cost: Values, program = answeringCcusage): Promise<object> {
  const values = Object.entries(cost).map(([name, value]) => [`modules.cost.${name}`, value]);
  configure(sandbox, { lines: [["cost"]], "modules.weekly.enabled": false, ...Object.fromEntries(values) });
  program(sandbox);
  const document = sessionIn("/x/y", newId());
  await rendered(sandbox, document, { env: later(0) });
  await sandbox.settle(later(0));
  return document;
}

const TODAY = "$0.02 session  $29.52 today";
const FRESH = `${TODAY}  $29.52/h`;

test("refreshInterval: when ccusage is asked again, behind the render", () =>
  inSandbox(async (sandbox) => {
    const document = await fetched(sandbox, { refreshInterval: "10m" });
    const askedAt = async (ms: number) => {
      await rendered(sandbox, document, { env: later(ms) });
      await sandbox.settle(later(ms));
      return timesAsked(sandbox);
    };
    expect([timesAsked(sandbox), await askedAt(5 * MINUTE), await askedAt(10 * MINUTE)]).toEqual([1, 1, 2]);
    // A shorter interval counts at once; the render alone has it asked.
    configure(sandbox, { lines: [["cost"]], "modules.cost.refreshInterval": "2m" });
    expect(await rendered(sandbox, document, { env: later(13 * MINUTE) })).toEqual([FRESH]);
    for (let n = 0; n < 500 && timesAsked(sandbox) < 3; n++) await Bun.sleep(20);
    expect(timesAsked(sandbox)).toBe(3);
    await sandbox.settle(later(13 * MINUTE));
  }));

test("the week has times of its own: how often ccusage is asked where the cost is off, and when it is stale", () =>
  inSandbox(async (sandbox) => {
    const own = { refreshInterval: "10m", cacheTTL: "11m", stalenessThreshold: "12m" };
    const values = Object.entries(own).map(([name, value]) => [`modules.weekly.${name}`, value]);
    const off = { "modules.cost.enabled": false };
    configure(sandbox, { lines: [["weekly"]], ...off, ...Object.fromEntries(values) });
    answeringCcusage(sandbox);
    const document = sessionIn("/x/y", newId());
    const at = async (minutes: number) => {
      const env = later(minutes * MINUTE);
      await rendered(sandbox, document, { env });
      await sandbox.settle(env);
      return timesAsked(sandbox);
    };
    expect([await at(0), await at(5), await at(10)]).toEqual([1, 1, 2]);
    sandbox.program("ccusage", "exit 3");
    await at(23);
    const [line] = await rendered(sandbox, document, { env: later(23 * MINUTE + 200) });
    expect(line).toBe("$29.52 week · 49.6M tokens 🔴");
    // The cost, where it is on, is asked for more often, and the week with it.
    configure(sandbox, { lines: [["weekly", "cost"]], ...Object.fromEntries(values) });
    answeringCcusage(sandbox);
    expect([await at(60), await at(62), await at(63)]).toEqual([3, 3, 4]);
  }));

/** A value's age in minutes, whether it is muted, and whether it carries 🔴. */
type Look = [minutes: number, muted: boolean, stale: boolean];

test.each<[string, string, Look[]]>([
  [
    "5m",
    "20m",
    [
      [4, false, false],
      [6, true, false],
      [19, true, false],
      [21, true, true],
    ],
  ],
  [
    "1h",
    "2h",
    [
      [21, false, false],
      [61, true, false],
      [119, true, false],
      [121, true, true],
    ],
  ],
])("cacheTTL %s mutes, stalenessThreshold %s marks", (cacheTTL, stalenessThreshold, looks) =>
  inSandbox(async (sandbox) => {
    const document = await fetched(sandbox, { cacheTTL, stalenessThreshold, refreshInterval: "1d" });
    const muted = `\x1b[${themeOf(colors.calm).tones.muted[3]}m$29.52\x1b[0m`;
    const found: Look[] = [];
    for (const [minutes] of looks) {
      const env = { ...later(minutes * MINUTE), NO_COLOR: "", FORCE_COLOR: "3" };
      const [line = ""] = await rendered(sandbox, document, { env });
      expect(Bun.stripANSI(line)).toStartWith(TODAY);
      found.push([minutes, line.includes(muted), line.includes("🔴")]);
    }
    expect(found).toEqual(looks);
  }));

test.each([
  ["100ms", "100 ms"],
  ["1s", "1 s"],
])("timeout %s: what takes longer is killed with all that it started, and the log says so", (timeout, text) =>
  inSandbox(async (sandbox) => {
    const sleep = `sleep 78${process.pid}`;
    const document = await fetched(sandbox, { timeout }, () =>
      sandbox.program("ccusage", `echo blocks >>"$HOME/asked"; ${sleep} & ${sleep}`),
    );
    // A tenth of a second may be over before it has begun.
    if (timeout === "1s") expect(timesAsked(sandbox)).toBe(1);
    await gone(sleep);
    expect(sandbox.log()).toMatch(new RegExp(`error cost: .*${text}`));
    expect(await rendered(sandbox, document, { env: later(20) })).toEqual(["$0.02 session"]);
  }));

describe("maxRetries and retryBackoff: when a failing ccusage is tried again", () => {
  test.each([
    // Each wait is twice the one before; then it is as long as between any two fetches.
    [2, "10s", [9, 10, 29, 30, 100, 175], [1, 2, 2, 3, 3, 4]],
    [0, "10s", [100, 145], [1, 2]],
    [1, "40s", [39, 40], [1, 2]],
  ])("%i tries more, after %s", (maxRetries, retryBackoff, seconds, tries) =>
    inSandbox(async (sandbox) => {
      await fetched(sandbox, { maxRetries, retryBackoff }, () =>
        sandbox.program("ccusage", 'echo blocks >>"$HOME/asked"; exit 3'),
      );
      expect(timesAsked(sandbox)).toBe(1);
      const counts: number[] = [];
      for (const second of seconds) {
        await sandbox.run("", later(second * SECOND), ["refresh"]);
        counts.push(timesAsked(sandbox));
      }
      expect(counts).toEqual(tries);
    }));
});

test("stalenessThreshold of a module without a source marks a last good frame that is all there is to show", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, { lines: [["project"]], "modules.project.stalenessThreshold": "5m" });
    const id = newId();
    const [row = ""] = await rendered(sandbox, sessionIn("/x/y", id), { env: later(0) });
    const damaged = async (minutes: number) => {
      const env = { ...later(minutes * MINUTE), CLAUDE_CODE_SESSION_ID: id };
      return (await sandbox.run('{"session_id"', env)).stdout.trim();
    };
    expect([await damaged(0), await damaged(4), await damaged(5)]).toEqual([row, row, `${row} 🔴`]);
  }));

test.each([
  ["EST5EDT,M3.2.0,M11.1.0", "04:15"],
  ["<+0330>-3:30", "12:45"],
  ["Asia/Kathmandu", "15:00"],
])("the clock and the day follow TZ=%s", (zone, text) =>
  inSandbox(async (sandbox) => {
    configure(sandbox, { lines: [["time"]] });
    const document = sessionIn("/x/y", newId());
    const env = { ...later(0), TZ: zone };
    await rendered(sandbox, document, { env });
    await sandbox.settle(env);
    expect(await rendered(sandbox, document, { env })).toEqual([text]);
  }));
