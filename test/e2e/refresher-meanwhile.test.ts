import { expect, test } from "bun:test";
import { existsSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { configure, newId } from "./configured.ts";

// What changes while a refresher is at work, which may be for as long as ccusage takes.

/** Waits for the refresher that a render has started; no other one is. */
async function ended(box: Sandbox): Promise<void> {
  const locks = `${box.health}/locks`;
  const isOver = () => existsSync(locks) && readdirSync(locks).length === 0;
  for (let n = 0; n < 400; n++) {
    await Bun.sleep(50);
    if (isOver()) return;
  }
  throw new Error(`the refresher does not end: ${readdirSync(locks)}`);
}

const slowCcusage = (box: Sandbox, seconds: number) =>
  box.program(
    "ccusage",
    `case "$1" in --version) echo 'ccusage 20.0.20';; *) sleep ${seconds}; echo '{}';; esac`,
  );

const accountIn = (box: Sandbox) =>
  /authProfile: (\S+)/.exec(box.read(`${box.health}/runtime-state.yaml`))?.[1];

test("what a person writes into the state is kept", () =>
  inSandbox(async (box) => {
    slowCcusage(box, 1);
    configure(box, { "modules.cost.refreshInterval": "1s", "modules.weekly.enabled": false });
    const session = sessionIn(box.repository("repo"), newId());
    await box.lines(session);
    await ended(box);
    expect(accountIn(box)).toBe("default");
    await Bun.sleep(1000);
    await box.lines({ ...session, cost: { total_cost_usd: 2 } });
    await Bun.sleep(700);
    const path = `${box.health}/runtime-state.yaml`;
    writeFileSync(path, box.read(path).replace("authProfile: default", "authProfile: work"));
    await ended(box);
    expect(accountIn(box)).toBe("work");
  }));

test("the counts of a repository around a session's own never become its own", () =>
  inSandbox(async (box) => {
    slowCcusage(box, 3);
    configure(box, { "modules.git.refreshInterval": "1s", "modules.weekly.enabled": false });
    const outer = box.repository("outer");
    writeFileSync(`${outer}/staged`, "");
    box.git(outer, "add", "staged");
    const inner = box.repository("outer/inner");
    const session = sessionIn(inner, newId());
    await box.lines(session);
    await Bun.sleep(700);
    renameSync(`${inner}/.git`, `${inner}/away`);
    await Bun.sleep(2000);
    renameSync(`${inner}/away`, `${inner}/.git`);
    const [row] = await box.lines(session);
    expect(row).toContain("main");
    expect(row).not.toContain("+1");
    await ended(box);
  }));
