import { afterAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { binary, capture, floorProgram, Sandbox, sessionIn } from "../harness.ts";

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());

interface Counts {
  readonly all: number;
  readonly opened: number;
  readonly written: number;
  readonly processes: number;
}

/** What one run asks of the kernel; the clock stands still, so that nothing is due meanwhile. */
function trace(program: string, document: object): Counts {
  const output = `${sandbox.path}/trace`;
  const { exitCode } = Bun.spawnSync(["strace", "-f", "-o", output, program], {
    env: sandbox.env,
    stdin: new TextEncoder().encode(JSON.stringify(document)),
  });
  expect(exitCode).toBe(0);
  // What threads do among themselves, and with their memory, differs from run to run.
  const isOwn = (call: string) =>
    !/ (futex|madvise|gettid|getpid|sched_\w+|munmap|mmap)\(|resumed>/.test(call);
  const calls = readFileSync(output, "utf8").split("\n").filter(isOwn);
  const count = (pattern: RegExp) => calls.filter((call) => pattern.test(call)).length;
  return {
    all: count(/\(/),
    opened: count(/ openat\(/),
    written: count(/ p?write(64)?\(/),
    processes: count(/ execve\(/),
  };
}

/** What a run asks beyond an empty program. */
function beyond(floor: Counts, ours: Counts): Counts {
  return {
    all: ours.all - floor.all,
    opened: ours.opened - floor.opened,
    written: ours.written - floor.written,
    processes: ours.processes - floor.processes,
  };
}

test.skipIf(Bun.which("strace") === null)("a render asks little of the kernel", async () => {
  const session = sessionIn(sandbox.repository("repo"), "13131313-1b42-4793-a1b8-0a533aba93f8");
  await sandbox.lines(session);
  await sandbox.settle();
  sandbox.env.STATUSLINE_NOW = String(Date.now());
  await sandbox.lines(session);
  await Bun.sleep(50);
  const floor = trace(await floorProgram(), capture("stdin-02-after-first-reply"));

  // Nothing has changed: one file is read, some are asked for their time, one line is written.
  const same = beyond(floor, trace(binary, session));
  expect(same.processes).toBe(0);
  expect(same.written).toBeLessThanOrEqual(0);
  expect(same.opened).toBeLessThanOrEqual(3);
  expect(same.all).toBeLessThanOrEqual(25);

  // A new message: the frame is written too, and what it was made from was kept with the last one.
  const changed = beyond(floor, trace(binary, { ...session, cost: { total_cost_usd: 7 } }));
  expect(changed.processes).toBe(0);
  expect(changed.written).toBeLessThanOrEqual(2);
  expect(changed.opened).toBeLessThanOrEqual(6);
  expect(changed.all).toBeLessThanOrEqual(90);
});
