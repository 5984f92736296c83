import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { lifeOf } from "../../src/broker/refresher.ts";
import { EACH_RUN, type StatusModule } from "../../src/module.ts";
import { modules } from "../../src/modules/index.ts";
import { inSandbox, sessionIn } from "../harness.ts";

const source = new URL("../../src/", import.meta.url).pathname;
const id = "56565656-1b42-4793-a1b8-0a533aba93f8";

/** More sources than are asked at once, each wanted again a second after it has answered: work for ever. */
const endless = (session: object) => `
  import { writeFileSync } from "node:fs";
  import { refresh } from "${source}broker/refresher.ts";
  import { EACH_RUN } from "${source}module.ts";
  import { parseSession } from "${source}session.ts";
  import { realWorld } from "${source}world.ts";
  const world = realWorld();
  const session = parseSession(${JSON.stringify(JSON.stringify(session))}, {});
  const frame = { text: "x", input: "", at: 0 };
  const record = { sessionId: session.sessionId, gatheredAt: Date.now(), statusline: { session, frame } };
  writeFileSync(world.paths.root + "/" + session.sessionId + ".json", JSON.stringify(record));
  const slow = (ms) => ({
    moduleId: "slow" + ms, description: "", config: { ...EACH_RUN, timeout: 2500 },
    key: () => "slow:" + ms, read: () => null, format: () => [],
    fetch: async () => { process.stdout.write("."); await Bun.sleep(ms); return {}; },
  });
  await refresh([700, 900, 1100, 1300, 1500, 1700, 1900, 2100].map(slow), world);`;

test(
  "a refresher with work for ever ends, and leaves the rest to the next",
  () =>
    inSandbox(async (sandbox) => {
      mkdirSync(sandbox.health, { recursive: true });
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
    }),
  20_000,
);

test("the end of a refresher follows from the longest timeout", () => {
  const taking = (timeout: number) => ({ config: { ...EACH_RUN, timeout } }) as StatusModule;
  expect(lifeOf([taking(10), taking(5000)]).begin).toBe(5000);
  expect(lifeOf([taking(5000)]).end - lifeOf([taking(0)]).end).toBe(10_000);
  expect(lifeOf(modules).end).toBeLessThan(120_000);
});
