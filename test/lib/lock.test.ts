import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { acquire, inspect } from "../../src/lib/lock.ts";
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

function writeOwner(text: string) {
  mkdirSync(path, { recursive: true });
  writeFileSync(`${path}/nonce`, text);
}

const files = (folder = `${sandbox.path}/locks`) => readdirSync(folder).sort();

describe("a free lock", () => {
  test("is taken, in a folder that is made, and is private", () => {
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
    const [name = ""] = files(path);
    expect([path, `${path}/${name}`].map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o600]);
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
  });
});

describe("the lock of a live owner", () => {
  test("is not taken over by another process", async () => {
    expect((await contender()).outcome).toBe("won");
    const before = files(path);
    expect(acquire(path, MAX_AGE)).toBeNull();
    expect((await contender()).outcome).toBe("lost");
    expect(files(path)).toEqual(before);
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
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
    expect(files()).toEqual(["one.lock"]);
  });

  test.skipIf(!existsSync("/proc/self/stat"))("is taken over while it is still a zombie", async () => {
    // The shell becomes a program that never waits for the child that it had; the child ends after that.
    const parent = Bun.spawn(["sh", "-c", "sleep 0.5 & echo $!; exec sleep 300"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(parent);
    const { value } = await parent.stdout.getReader().read();
    const pid = Number(new TextDecoder().decode(value));
    const stat = () => readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1] ?? "";
    while (!stat().startsWith("Z")) await Bun.sleep(5);
    writeOwner(JSON.stringify({ pid, startTime: stat().split(" ")[19] }));
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
  });

  test("is taken over by exactly one of 20 processes", async () => {
    await deadOwner();
    const outcomes = await Promise.all(Array.from({ length: 20 }, contender));
    expect(outcomes.filter(({ outcome }) => outcome === "won")).toHaveLength(1);
    expect(files()).toEqual(["one.lock"]);
  });

  test.skipIf(identify(process.pid)?.startTime === "")("may have a pid that another process has now", () => {
    writeOwner(JSON.stringify({ pid: process.pid, startTime: "another" }));
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
    writeOwner(text);
    expect(acquire(path, MAX_AGE)).toBeNull();
  });

  test.each(["", "{", "null"])("%j is taken over when old", (text) => {
    writeOwner(text);
    age(MAX_AGE + 5000);
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
  });
});

describe("a process killed at any instruction blocks nobody:", () => {
  test("before its lock was in place, or with only the owner's file removed", () => {
    mkdirSync(`${path}.1.ab.tmp`, { recursive: true });
    mkdirSync(path);
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
  });
});

describe("what is no lock", () => {
  test("is respected while young and removed when old, where it is a file", () => {
    mkdirSync(`${sandbox.path}/locks`);
    writeFileSync(path, "");
    expect(acquire(path, MAX_AGE)).toBeNull();
    age(MAX_AGE + 5000);
    expect(acquire(path, MAX_AGE)?.isHeld()).toBe(true);
  });

  test("is an error where it is a folder in a folder", () => {
    mkdirSync(`${path}/mine`, { recursive: true });
    expect(() => acquire(path, MAX_AGE)).toThrow();
  });
});

test("a folder that cannot be made is an error, not a lost race", () => {
  writeFileSync(`${sandbox.path}/file`, "");
  expect(() => acquire(`${sandbox.path}/file/one.lock`, MAX_AGE)).toThrow();
});

describe("whoever looks into a lock learns who holds it, and changes nothing:", () => {
  test("one that is free, and one that is held", () => {
    expect(inspect(path)).toBeNull();
    const lock = acquire(path, MAX_AGE);
    expect(inspect(path)).toMatchObject({ owner: { pid: process.pid }, isAlive: true, orphans: [] });
    lock?.leads(process.pid);
    expect(inspect(path)?.orphans).toEqual([]);
    age(90_000);
    expect(inspect(path)?.age).toBeGreaterThan(89_000);
    expect(lock?.isHeld()).toBe(true);
    lock?.release();
    expect(inspect(path)).toBeNull();
  });

  test("one of a dead owner, and those whom it has left at work", async () => {
    const { child } = await contender();
    const own = `${path}/${readdirSync(path)[0]}`;
    const [left, gone] = [identify(process.pid), { pid: 4_194_000, startTime: "1" }];
    writeFileSync(own, `${readFileSync(own, "utf8")}${JSON.stringify(left)}\n${JSON.stringify(gone)}\n`);
    child.kill("SIGKILL");
    await child.exited;
    expect(inspect(path)).toMatchObject({ owner: { pid: child.pid }, isAlive: false });
    expect(inspect(path)?.orphans).toEqual(left === null ? [] : [left]);
    expect(readdirSync(path)).toHaveLength(1);
  });

  test("one that does not say who", () => {
    writeOwner("{");
    expect(inspect(path)).toMatchObject({ owner: null, isAlive: false, orphans: [] });
  });
});
