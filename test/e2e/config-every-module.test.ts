import { expect, test } from "bun:test";
import { modules } from "../../src/modules/all.ts";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { configure, newId, rendered, snapshot, write } from "./configured.ts";

/** A configuration that gives every module all times and limits, 0 where a module is read in each run. */
const complete = {
  modules: {
    context: times(0, 0, 60_000, 100, 0),
    git: times(10_000, 30_000, 120_000, 5000, 2),
    cost: times(180_000, 900_000, 3_600_000, 35_000, 1),
    weekly: times(300_000, 3_600_000, 7_200_000, 35_000, 1),
    model: times(0, 3_600_000, 3_600_000, 1000, 1),
    time: times(1000, 0, 5000, 10, 0),
    project: times(0, 0, 60_000, 100, 0),
  },
  broker: { maxCacheSize: 1000, evictionPolicy: "LRU", sessionTimeoutMs: 3_600_000 },
  renderer: { deduplication: true, rateLimitMs: 100, colorEnabled: true },
  performance: { maxConcurrentFetches: 5, fetchPoolSize: 3 },
};

function times(
  refreshInterval: number,
  cacheTTL: number,
  stalenessThreshold: number,
  timeout: number,
  maxRetries: number,
) {
  const limits = { timeout, maxRetries, retryBackoff: 1000, maxConcurrent: 1 };
  return { enabled: true, refreshInterval, cacheTTL, stalenessThreshold, ...limits };
}

test("a configuration that gives every module all times is valid, and nothing in the row is stale", () =>
  inSandbox(async (sandbox) => {
    write(`${sandbox.home}/.claude/statusline.config.json`, JSON.stringify(complete));
    const check = await sandbox.run("", {}, ["config", "check"]);
    expect([check.exitCode, check.stderr]).toEqual([0, ""]);
    const document = sessionIn(sandbox.repository("repo"), newId());
    await rendered(sandbox, document);
    await sandbox.settle();
    const [line = ""] = await rendered(sandbox, document);
    expect(line).toMatch(/^repo .*main.*Opus 5.5.*\d\d:\d\d$/);
    expect(line).not.toMatch(/⚙⚠|🔴/);
  }));

test("every module takes every time", () =>
  inSandbox(async (sandbox) => {
    const values = modules.flatMap(({ moduleId }) =>
      Object.entries(complete.modules.git).map(([name, value]) => [`modules.${moduleId}.${name}`, value]),
    );
    configure(sandbox, Object.fromEntries(values));
    expect((await sandbox.run("", {}, ["config", "check"])).stderr).toBe("");
    const { modules: settings } = await settingsOf(sandbox);
    for (const { moduleId } of modules) expect(settings[moduleId]).toMatchObject(complete.modules.git);
  }));

async function settingsOf(sandbox: Sandbox) {
  await rendered(sandbox, sessionIn("/x/y", newId()));
  return snapshot(sandbox, "/x/y", {}, []);
}

/** When the frame that is saved for a session was made. */
function madeAt(sandbox: Sandbox, { session_id }: { session_id?: unknown }): number {
  const text = sandbox.read(`${sandbox.health}/frames/${session_id}.json`);
  return Number(/"at":(\d+)/.exec(text)?.[1]);
}

/** When the frames of three renders were made: the settings' snapshot is there, half a second on, past the time. */
async function madeByRenders(sandbox: Sandbox, times: object): Promise<number[]> {
  const document = sessionIn("/x/y", newId());
  const off = { "modules.model.enabled": false, "modules.cost.enabled": false };
  configure(sandbox, { lines: [["project"]], ...off, ...times });
  const made: number[] = [];
  for (const pause of [150, 150, 500, 6000]) {
    await rendered(sandbox, document);
    made.push(madeAt(sandbox, document));
    await Bun.sleep(pause);
  }
  await rendered(sandbox, document);
  return [...made.slice(2), madeAt(sandbox, document)];
}

test("refreshInterval and cacheTTL: a part that needs no fetch is read again after either", async () => {
  const each = [{ "modules.project.refreshInterval": "5s" }, { "modules.project.cacheTTL": "5s" }, {}];
  const made = each.map((): number[] => []);
  await Promise.all(
    each.map((times, n) =>
      inSandbox(async (box) => void made[n]?.push(...(await madeByRenders(box, times)))),
    ),
  );
  const isSame = made.map(([first, second, third]) => [first === second, second === third]);
  expect(isSame).toEqual([
    [true, false],
    [true, false],
    [true, true],
  ]);
});
