import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { acquire, isAbandoned } from "../../src/lib/lock.ts";
import { identify } from "../../src/lib/process.ts";
import { Sandbox } from "../harness.ts";

const MAX_AGE = 60_000;
const source = new URL("../../src/lib/lock.ts", import.meta.url).pathname;

let sandbox: Sandbox;
let path: string;
let script: string;
const children: Bun.Subprocess[] = [];

beforeEach(() => {
  sandbox = new Sandbox();
  path = `${sandbox.path}/locks/one.lock`;
  script = `${sandbox.path}/contender.ts`;
  // Tries once, says how it went, and lives until it is killed.
  writeFileSync(
    script,
    `import { acquire } from ${JSON.stringify(source)};
     const lock = acquire(${JSON.stringify(path)}, ${MAX_AGE});
     await Bun.write(Bun.stdout, lock === null ? "lost" : "won");
     setInterval(() => {}, 1000);`,
  );
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill("SIGKILL");
    await child.exited;
  }
  sandbox.remove();
});

/** Starts a process that tries to take the lock; resolves to it and how it went. */
async function contender() {
  const child = Bun.spawn([process.execPath, script], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const { value } = await child.stdout.getReader().read();
  return { child, outcome: new TextDecoder().decode(value) };
}

async function deadOwner() {
  const { child, outcome } = await contender();
  expect(outcome).toBe("won");
  child.kill("SIGKILL");
  await child.exited;
}

/** Makes the lock look as if it was last renewed `ms` ago. */
function age(ms: number) {
  const time = (Date.now() - ms) / 1000;
  utimesSync(path, time, time);
}

function writeOwner(owner: object) {
  acquire(path, MAX_AGE)?.release();
  writeFileSync(path, JSON.stringify(owner));
}

const files = () => readdirSync(`${sandbox.path}/locks`).sort();

describe("a free lock", () => {
  test("is taken, in a folder that is made, and is private", () => {
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("is free again after its release", () => {
    acquire(path, MAX_AGE)?.release();
    expect(files()).toEqual([]);
    expect(acquire(path, MAX_AGE)).not.toBeNull();
  });

  test("goes to exactly one of 20 processes", async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, contender));
    expect(outcomes.filter(({ outcome }) => outcome === "won")).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === "lost")).toHaveLength(19);
    expect(files()).toEqual(["one.lock"]);
  }, 30_000);
});

describe("the lock of a live owner", () => {
  test("is not taken over by another process", async () => {
    expect((await contender()).outcome).toBe("won");
    const before = readFileSync(path, "utf8");
    expect(acquire(path, MAX_AGE)).toBeNull();
    expect((await contender()).outcome).toBe("lost");
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  test("is not taken twice by its own process", () => {
    expect(acquire(path, MAX_AGE)).not.toBeNull();
    expect(acquire(path, MAX_AGE)).toBeNull();
  });

  test("is taken over once it is older than maxAge", () => {
    const first = acquire(path, MAX_AGE);
    age(MAX_AGE + 5000);
    const second = acquire(path, MAX_AGE);
    expect([first?.isHeld(), second?.isHeld()]).toEqual([false, true]);
    expect(files()).toEqual(["one.lock"]);
  });

  test("is not taken over once it was renewed", () => {
    const lock = acquire(path, MAX_AGE);
    age(MAX_AGE + 5000);
    lock?.renew();
    expect(acquire(path, MAX_AGE)).toBeNull();
  });
});

describe("the lock of a dead owner", () => {
  test("is taken over", async () => {
    await deadOwner();
    expect(isAbandoned(path, MAX_AGE)).toBe(true);
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
    expect(files()).toEqual(["one.lock"]);
  });

  test.skipIf(!existsSync("/proc/self/stat"))("is taken over while it is still a zombie", async () => {
    // The shell becomes a program that never waits for the child that it had.
    const parent = Bun.spawn(["sh", "-c", "true & echo $!; exec sleep 300"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(parent);
    const { value } = await parent.stdout.getReader().read();
    const pid = Number(new TextDecoder().decode(value));
    const stat = () => readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1] ?? "";
    while (!stat().startsWith("Z")) await Bun.sleep(5);
    writeOwner({ pid, startTime: stat().split(" ")[19], nonce: "n" });
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
  });

  test("is taken over by exactly one of 20 processes", async () => {
    await deadOwner();
    const outcomes = await Promise.all(Array.from({ length: 20 }, contender));
    expect(outcomes.filter(({ outcome }) => outcome === "won")).toHaveLength(1);
    expect(files()).toEqual(["one.lock"]);
  }, 30_000);

  test.skipIf(identify(process.pid)?.startTime === "")("may have a pid that another process has now", () => {
    writeOwner({ pid: process.pid, startTime: "another", nonce: "n" });
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
  });
});

describe("after a takeover", () => {
  test("the old owner's release and renewal do nothing", () => {
    const old = acquire(path, MAX_AGE);
    age(MAX_AGE + 5000);
    const taken = acquire(path, MAX_AGE);
    age(30_000);
    const before = statSync(path).mtimeMs;
    old?.renew();
    old?.release();
    expect(taken?.isHeld()).toBe(true);
    expect(statSync(path).mtimeMs).toBe(before);
  });

  test("releasing twice does not take the next owner's lock away", () => {
    const first = acquire(path, MAX_AGE);
    first?.release();
    const second = acquire(path, MAX_AGE);
    first?.release();
    expect(second?.isHeld()).toBe(true);
  });
});

describe("a lock that cannot be read as one", () => {
  test.each(["", "{", "null", "[]", '{"pid":"1"}'])("%j is respected while young", (text) => {
    writeOwner({});
    writeFileSync(path, text);
    expect(acquire(path, MAX_AGE)).toBeNull();
  });

  test.each(["", "{", "null"])("%j is taken over when old", (text) => {
    writeOwner({});
    writeFileSync(path, text);
    age(MAX_AGE + 5000);
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
  });
});

describe("the gate of a takeover", () => {
  const gate = () => `${path}.takeover`;
  const abandoned = { pid: process.pid, startTime: "another", nonce: "n" };

  test("lets nobody else take over", () => {
    writeOwner(abandoned);
    writeFileSync(gate(), JSON.stringify({ ...identify(process.pid), nonce: "m" }));
    expect(acquire(path, MAX_AGE)).toBeNull();
    expect(existsSync(gate())).toBe(true);
  });

  test.skipIf(identify(process.pid)?.startTime === "")("is cleared when its owner died in it", () => {
    writeOwner(abandoned);
    writeFileSync(gate(), JSON.stringify(abandoned));
    expect(acquire(path, MAX_AGE)).toBeNull();
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
  });
});

test("a folder that cannot be made is an error, not a lost race", () => {
  writeFileSync(`${sandbox.path}/file`, "");
  expect(() => acquire(`${sandbox.path}/file/one.lock`, MAX_AGE)).toThrow();
});
