import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import type { Settings } from "../../src/config/settings.ts";
import { builtInSettings } from "../../src/frame/built-in-settings.ts";
import { lifeOf } from "../../src/refresher/refresher.ts";
import { inSandbox, sessionIn } from "../harness.ts";

const source = new URL("../../src/", import.meta.url).pathname;
const id = "56565656-1b42-4793-a1b8-0a533aba93f8";

/** More sources than are asked at once, each wanted again a second after it has answered: work for ever. */
const endless = (session: object) => `
  import { writeFrame } from "${source}cache/saved-frame.ts";
  import { refresh } from "${source}refresher/refresher.ts";
  import { parseSession } from "${source}parse-session.ts";
  import { takeTurn } from "${source}refresher/turn.ts";
  import { realWorld } from "${source}world.ts";
  const world = realWorld();
  const session = parseSession(${JSON.stringify(JSON.stringify(session))}, {});
  const screen = { columns: 80, rows: 24, depth: 0, links: false, stamps: [], validUntil: 0 };
  const input = { environment: "", document: "", durations: false, settings: "", base: [] };
  await writeFrame({ text: "x", at: 0, staleAt: 0, validUntil: 0, ...input, session, screen, parts: [] }, world);
  const times = { refreshInterval: 0, cacheTTL: 0, stalenessThreshold: 60000, maxRetries: 0, retryBackoff: 0, maxConcurrent: 3 };
  const all = [700, 900, 1100, 1300, 1500, 1700, 1900, 2100];
  const settings = {
    modules: Object.fromEntries(all.map((ms) => ["slow" + ms, { ...times, enabled: true, timeout: 2500 }])),
    look: { lines: [all.map((ms) => ({ moduleId: "slow" + ms }))] },
    performance: { maxConcurrentFetches: 4, fetchPoolSize: 2 },
    broker: { maxCacheSize: 500, evictionPolicy: "LRU", sessionTimeoutMs: 1e9 },
  };
  const slow = (ms) => ({
    moduleId: "slow" + ms, description: "", icons: ["", "", ""],
    key: () => "slow:" + ms, read: () => null, format: () => [],
    fetch: async () => { process.stdout.write("."); await Bun.sleep(ms); return {}; },
  });
  await refresh(all.map(slow), settings, async () => settings, await takeTurn(world), world);`;

test("a refresher with work for ever ends, and leaves the rest to the next", () =>
  inSandbox(async (sandbox) => {
    mkdirSync(`${sandbox.health}/frames`, { recursive: true });
    const script = `${sandbox.path}/refresh.ts`;
    writeFileSync(script, endless(sessionIn("/x/y", id)));
    const child = Bun.spawn([process.execPath, script], {
      env: sandbox.env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 12_000,
    });
    const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
    expect([child.exitCode, stderr]).toEqual([0, ""]);
    expect(stdout.length).toBeGreaterThan(3);
  }));

test("the end of a refresher follows from the longest timeout", () => {
  const taking = (...timeouts: number[]) =>
    ({ modules: Object.fromEntries(timeouts.map((timeout, n) => [n, { timeout }])) }) as unknown as Settings;
  expect(lifeOf(taking(10, 5000)).begin).toBe(5000);
  expect(lifeOf(taking(5000)).end - lifeOf(taking(0)).end).toBe(10_000);
  expect(lifeOf(builtInSettings()).end).toBeLessThan(120_000);
});
