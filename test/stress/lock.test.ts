import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { inSandbox } from "../harness.ts";

const PROCESSES = 30;
const SECONDS = 5;
const library = new URL("../../src/lib/", import.meta.url).pathname;

/** Takes the lock, looks whether it is alone, gives it up and ends; says what was wrong. */
const contender = (folder: string) => `
  import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
  import { acquire } from "${library}lock.ts";
  import { isAlive, identify } from "${library}process.ts";
  const inside = "${folder}/inside";
  let lock = null;
  while ((lock = acquire("${folder}/locks/one.lock", 60_000)) === null) await Bun.sleep(Math.random() * 3);
  const before = (() => { try { return JSON.parse(readFileSync(inside, "utf8")); } catch { return null; } })();
  if (before !== null && isAlive(before)) console.log("another is at work");
  writeFileSync(inside, JSON.stringify(identify(process.pid)));
  await Bun.sleep(1);
  if (!lock.isHeld()) console.log("the lock was lost");
  unlinkSync(inside);
  lock.release();`;

test("of processes that come and go and are killed never two hold a lock, and none loses it", () =>
  inSandbox(async (sandbox) => {
    const script = `${sandbox.path}/contender.ts`;
    writeFileSync(script, contender(sandbox.path));
    const running = new Set<Bun.Subprocess>();
    const end = Date.now() + SECONDS * 1000;
    let finished = 0;
    const found: string[] = [];
    const work = async () => {
      while (Date.now() < end) {
        const child = Bun.spawn([process.execPath, script], { stdio: ["ignore", "pipe", "pipe"] });
        running.add(child);
        const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
        running.delete(child);
        if (child.signalCode === null) finished++;
        if (stdout + stderr !== "") found.push(stdout + stderr);
      }
    };
    const killer = async () => {
      for (; Date.now() < end; await Bun.sleep(50))
        [...running][Math.floor(Math.random() * running.size)]?.kill("SIGKILL");
    };
    await Promise.all([...Array.from({ length: PROCESSES }, work), killer()]);
    expect(found).toEqual([]);
    expect(finished).toBeGreaterThan(PROCESSES);
  }));
