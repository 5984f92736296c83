import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import type { Entry } from "../../src/cache/entry.ts";
import { entryPath, entryText, readEntry } from "../../src/cache/store.ts";
import { writeAtomic } from "../../src/lib/atomic.ts";
import { realWorld, type World } from "../../src/world.ts";
import { Sandbox } from "../harness.ts";

const FETCHED = 1_700_000_000_000;
const KEY = "git:/home/user/proj";

let sandbox: Sandbox;
let world: World;

beforeEach(() => {
  sandbox = new Sandbox();
  world = realWorld(sandbox.env);
});
afterEach(() => sandbox.remove());

const entry: Entry = {
  moduleId: "git",
  sessionId: null,
  key: KEY,
  data: { branch: "main" },
  fetchedAt: FETCHED,
  validUntil: FETCHED + 30_000,
  fetchCount: 3,
  lastAccessedAt: FETCHED,
  failure: null,
  warnings: [],
};

const store = (content: unknown, mtime = FETCHED) =>
  writeAtomic(
    entryPath(world, "git", KEY),
    typeof content === "string" ? content : entryText(content as Entry),
    mtime,
  );

test("what was written is read", () => {
  store(entry);
  expect(readEntry(world, "git", KEY)).toEqual(entry);
});

test("an entry is found below the configuration directory that was asked for", () => {
  store(entry);
  const other = realWorld({ ...sandbox.env, CLAUDE_CONFIG_DIR: `${sandbox.path}/other` });
  expect(readEntry(other, "git", KEY)).toBeNull();
});

describe("a miss", () => {
  test("is not a file", () => {
    expect(readEntry(world, "git", KEY)).toBeNull();
  });

  test("is another key's file under this key's name", () => {
    store({ ...entry, key: "git:/home/user/other" });
    expect(readEntry(world, "git", KEY)).toBeNull();
  });

  test("is another module's file under this name", () => {
    store({ ...entry, moduleId: "cost" });
    expect(readEntry(world, "git", KEY)).toBeNull();
  });

  test("is a copied file", () => {
    store(entry);
    cpSync(entryPath(world, "git", KEY), entryPath(world, "git", "git:/b"));
    expect(readEntry(world, "git", "git:/b")).toBeNull();
  });

  test("is an empty file", () => {
    store("");
    expect(readEntry(world, "git", KEY)).toBeNull();
  });

  test.each([
    "null",
    "[]",
    "7",
    '"text"',
    "{}",
    "{",
    "\0\0\0",
    "\ufffd",
    JSON.stringify(entry),
    entryText(entry).slice(0, -1),
    `${entryText(entry)} `,
    entryText(entry).replace("main", "mein"),
    entryText(entry).replace('{"branch":"main"}', "null"),
    entryText(entry).replace(String(FETCHED), '"yesterday"'),
  ])("is garbage: %j", (text) => {
    store(text);
    expect(readEntry(world, "git", KEY)).toBeNull();
  });

  test("is a link that leads nowhere", () => {
    store(entry);
    rmSync(entryPath(world, "git", KEY));
    symlinkSync(`${sandbox.path}/nowhere`, entryPath(world, "git", KEY));
    expect(readEntry(world, "git", KEY)).toBeNull();
  });
});

test("a folder where the file should be is an error, not a value", () => {
  mkdirSync(entryPath(world, "git", KEY), { recursive: true });
  expect(() => readEntry(world, "git", KEY)).toThrow();
});

describe("the older of entry and file counts", () => {
  test.each([
    ["an older file makes the value older", -60_000, -60_000],
    ["a younger file does not make it younger", 60_000, 0],
    ["a file of the same time changes nothing", 0, 0],
  ])("%s", (_, fileShift, shift) => {
    store(entry, FETCHED + fileShift);
    const read = readEntry(world, "git", KEY);
    expect(read?.fetchedAt).toBe(FETCHED + shift);
    expect(read?.validUntil).toBe(entry.validUntil + shift);
  });
});

test("a value of another schema is a miss", () => {
  const text = entryText({ ...entry, moduleId: "time" });
  store(text.replace('"time"', '"git"'));
  expect(readEntry(world, "git", KEY)).toBeNull();
});
