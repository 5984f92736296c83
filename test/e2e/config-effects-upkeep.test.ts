import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { parse } from "yaml";
import { modules } from "../../src/modules/all.ts";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import {
  age,
  answeringCcusage,
  configure,
  later,
  newId,
  rendered,
  type Values,
  write,
} from "./configured.ts";

const HOUR = 3_600_000;
const refresh = (sandbox: Sandbox, env: Record<string, string> = {}) => sandbox.run("", env, ["refresh"]);
/** The refresher sweeps once an hour; without its mark it does so now. */
const sweepAgain = (sandbox: Sandbox) => rmSync(`${sandbox.health}/cache/.swept`, { force: true });

describe("broker: which surplus entries go", () => {
  // Entry n was fetched n hours ago; entry 9 was used last, then 8 …
  const made = Array.from({ length: 16 }, (_, n) => `entry-${String(n).padStart(2, "0")}.json`);
  const entriesLeft = (sandbox: Sandbox) =>
    readdirSync(`${sandbox.health}/cache`)
      .filter((name) => name.startsWith("entry-"))
      .sort();

  test.each([
    ["FIFO", made],
    ["LRU", made.toReversed()],
  ])("%s", (evictionPolicy, byImportance) =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { "broker.maxCacheSize": 12, "broker.evictionPolicy": evictionPolicy });
      for (const [n, name] of made.entries()) {
        write(`${sandbox.health}/cache/${name}`, "{}");
        age(`${sandbox.health}/cache/${name}`, (n + 1) * HOUR, (16 - n) * 60_000);
      }
      await refresh(sandbox);
      // Its own entries, which it has just made, count too.
      const all = readdirSync(`${sandbox.health}/cache`).filter((name) => name.endsWith(".json"));
      expect(all).toHaveLength(12);
      const left = entriesLeft(sandbox);
      expect(left).toEqual(byImportance.slice(0, left.length).sort());
      expect(left.length).toBeGreaterThan(8);
    }));

  test("maxCacheSize: while there is room all stay", () =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { "broker.maxCacheSize": 30 });
      for (const name of made) write(`${sandbox.health}/cache/${name}`, "{}");
      await refresh(sandbox);
      expect(entriesLeft(sandbox)).toEqual(made);
      configure(sandbox, { "broker.maxCacheSize": 10 });
      await refresh(sandbox);
      expect(entriesLeft(sandbox)).toEqual(made); // Not before the next sweep.
      sweepAgain(sandbox);
      await refresh(sandbox);
      expect(entriesLeft(sandbox).length).toBeLessThan(10);
    }));
});

describe("broker.sessionTimeoutMs: what was silent for longer is forgotten", () => {
  test.each([
    ["1h", false],
    ["3h", true],
  ])("%s: a record and a frame of two hours ago are kept: %p", (sessionTimeoutMs, kept) =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { "broker.sessionTimeoutMs": sessionTimeoutMs });
      answeringCcusage(sandbox);
      const [silent, alive] = [newId(), newId()];
      for (const id of [silent, alive]) await rendered(sandbox, sessionIn("/x/y", id));
      await sandbox.settle();
      const filesOf = (id: string) =>
        [`${id}.json`, `frames/${id}.json`].map((name) => `${sandbox.health}/${name}`);
      const there = (id: string) => filesOf(id).map((path) => existsSync(path));
      expect([there(silent), there(alive)]).toEqual([
        [true, true],
        [true, true],
      ]);
      for (const path of filesOf(silent)) age(path, 2 * HOUR);
      sweepAgain(sandbox);
      await refresh(sandbox);
      expect([there(silent), there(alive)]).toEqual([
        [kept, kept],
        [true, true],
      ]);
    }));

  test.each([
    ["1h", 0],
    ["30d", 1],
  ])("%s: of one session, a day silent, the state has %i", (sessionTimeoutMs, count) =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { "broker.sessionTimeoutMs": sessionTimeoutMs });
      answeringCcusage(sandbox);
      const id = newId();
      await rendered(sandbox, sessionIn("/x/y", id), { env: later(0) });
      await sandbox.settle(later(0));
      age(`${sandbox.health}/frames/${id}.json`, HOUR);
      const state = () => parse(sandbox.read(`${sandbox.health}/runtime-state.yaml`)).sessions;
      expect(state()).toHaveLength(1);
      await refresh(sandbox, later(25 * HOUR));
      expect(state() ?? []).toHaveLength(count);
      expect(existsSync(`${sandbox.health}/archive`)).toBe(count === 0);
    }));
});

describe("performance: how many programs run at the same time", () => {
  /** Sessions whose commands, and ccusage where that is wanted, say when they begin and end. */
  async function peak(sandbox: Sandbox, options: Values, sources: readonly string[]): Promise<number> {
    const script = 'echo + >>"$HOME/log"; sleep 0.3; echo - >>"$HOME/log"; echo "{}"';
    sandbox.program("ccusage", script);
    const others = modules.filter(({ moduleId }) => !sources.includes(moduleId));
    const off = Object.fromEntries(others.map(({ moduleId }) => [`modules.${moduleId}.enabled`, false]));
    const documents = Array.from({ length: 4 }, () => sessionIn("/x/y", newId()));
    // What is drawn before the command is named has nothing to be fetched: all begins with the refresher.
    configure(sandbox, { lines: [["project"]], "modules.cost.enabled": false, ...off });
    for (const document of documents) await rendered(sandbox, document);
    await sandbox.settle();
    configure(sandbox, { ...off, ...options, "modules.command.run": script });
    await refresh(sandbox);
    await sandbox.settle();
    let [now, most] = [0, 0];
    for (const sign of sandbox.read(`${sandbox.home}/log`).trim().split("\n")) {
      now += sign === "+" ? 1 : -1;
      most = Math.max(most, now);
    }
    return most;
  }

  test.each([
    ["one at a time", 1, 64, ["command"], 1],
    ["two at a time, of any module", 2, 64, ["command"], 2],
    ["three of one module", 64, 3, ["command"], 3],
    ["one of each module", 64, 1, ["command", "cost"], 2],
  ])("%s: maxConcurrentFetches %i, fetchPoolSize %i", (_, most, ofOne, sources, count) =>
    inSandbox(async (sandbox) => {
      const options = { "performance.maxConcurrentFetches": most, "performance.fetchPoolSize": ofOne };
      expect(await peak(sandbox, options, sources)).toBe(count);
    }));

  test("two of a module by its own limit: modules.command.maxConcurrent 2", () =>
    inSandbox(async (sandbox) => {
      const most = { "performance.maxConcurrentFetches": 64, "performance.fetchPoolSize": 64 };
      expect(await peak(sandbox, { ...most, "modules.command.maxConcurrent": 2 }, ["command"])).toBe(2);
    }));
});

test("LRU: what an active session uses stays, however long ago it was fetched", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, { "broker.maxCacheSize": 10 });
    answeringCcusage(sandbox);
    await rendered(sandbox, sessionIn("/x/y", newId()));
    await sandbox.settle();
    const cost = readdirSync(`${sandbox.health}/cache`).find((name) => name.startsWith("cost-")) ?? "";
    age(`${sandbox.health}/cache/${cost}`, HOUR / 4);
    for (let n = 0; n < 16; n++) {
      write(`${sandbox.health}/cache/entry-${n}.json`, "{}");
      age(`${sandbox.health}/cache/entry-${n}.json`, 60_000);
    }
    sweepAgain(sandbox);
    await refresh(sandbox);
    expect(readdirSync(`${sandbox.health}/cache`)).toContain(cost);
  }));
