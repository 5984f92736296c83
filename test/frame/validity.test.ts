import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, rmSync, utimesSync } from "node:fs";
import type { Entry } from "../../src/cache/entry.ts";
import type { LastRender, SeenFile } from "../../src/cache/saved-frame.ts";
import { entryPath, entryText, valueHash } from "../../src/cache/store.ts";
import { inputOf, type Standing, standingOf } from "../../src/frame/validity.ts";
import { writeAtomic } from "../../src/lib/atomic.ts";
import { realWorld, type World } from "../../src/world.ts";
import { Sandbox } from "../harness.ts";

const DRAWN = 1_700_000_000_000;
const FRESH = 10_000;
const KEY = "git:/p";

let box: Sandbox;
let world: World;
beforeEach(() => {
  box = new Sandbox();
  world = realWorld(box.env);
});
afterEach(() => box.remove());

const entry: Entry = {
  moduleId: "git",
  sessionId: null,
  key: KEY,
  data: { branch: "main", staged: 1 },
  fetchedAt: DRAWN,
  validUntil: DRAWN + 30_000,
  fetchCount: 1,
  lastAccessedAt: DRAWN,
  failure: null,
  warnings: [],
};

/** Fetched anew at `fetchedAt`. */
function fetched(fetchedAt: number, changes: Partial<Entry> = {}): string {
  const path = entryPath(world, "git", KEY);
  writeAtomic(path, entryText({ ...entry, fetchedAt, fetchCount: 2, ...changes }), fetchedAt);
  return path;
}

/** What stands of a frame that was drawn when the value had just been fetched, at `now`. */
function standing(now: number, text = "{}") {
  const path = entryPath(world, "git", KEY);
  const hash = valueHash(entry) ?? "";
  const input = (document: string) => inputOf(document, [], world);
  const files: SeenFile[] = [[path, DRAWN, { hash, freshFor: FRESH }]];
  const last: LastRender = {
    frame: { text: "x", at: DRAWN },
    memo: {
      environment: input("{}").environment,
      document: input("{}").hash(false),
      exact: false,
      rateLimit: DRAWN + 10,
      until: DRAWN + 60_000,
      files,
    },
    rest: () => {
      throw new Error("is not needed for this");
    },
  };
  return standingOf(last, input(text), { ...world, now: () => now });
}

test("a frame stands while its value is the same file, and fresh", () => {
  const path = fetched(DRAWN);
  const { frame, renewed, files } = standing(DRAWN + 9999);
  expect([frame, renewed, files[0]?.slice(0, 2)]).toEqual([true, {}, [path, DRAWN]]);
  expect(standing(DRAWN + FRESH)).toEqual({ frame: false, renewed: { git: true }, files: [] });
  const other = standing(DRAWN + 9999, `{"a":1}`);
  expect([other.frame, other.renewed]).toEqual([false, {}]);
});

test("a value that was fetched anew and is the same leaves the frame as it is, for as long as it is fresh", () => {
  const path = fetched(DRAWN + 9000);
  const { frame, renewed, files } = standing(DRAWN + 18_999);
  expect([frame, renewed, files[0]?.slice(0, 2)]).toEqual([true, {}, [path, DRAWN + 9000]]);
  expect(standing(DRAWN + 19_000)).toMatchObject({ frame: false, renewed: { git: true } });
});

test.each<[string, Partial<Entry>]>([
  ["another value", { data: { branch: "main", staged: 2 } }],
  ["another key's value", { key: "git:/q" }],
  ["another module's value", { moduleId: "cost" }],
  ["a value beside a failure", { failure: { at: DRAWN, count: 1, message: "x" } }],
  ["a value of the future", { fetchedAt: DRAWN + 90_000 }],
])("%s does not", (_, changes) => {
  const path = fetched(DRAWN + 9000, changes);
  const time = (DRAWN + 90_000) / 1000;
  if (changes.fetchedAt !== undefined) utimesSync(path, time, time);
  expect(standing(DRAWN + 9500)).toEqual({ frame: false, renewed: { git: true }, files: [] });
});

test("an older value in a newer file does not", () => {
  writeAtomic(entryPath(world, "git", KEY), entryText(entry), DRAWN + 9000);
  expect(standing(DRAWN + 9500)).toEqual({ frame: false, renewed: { git: true }, files: [] });
});

test("neither does a value that is gone, damaged, or cannot be read", () => {
  const nothing: Standing = { frame: false, renewed: { git: true }, files: [] };
  const path = entryPath(world, "git", KEY);
  expect(standing(DRAWN + 9500)).toEqual(nothing);
  writeAtomic(path, "{", DRAWN + 1);
  expect(standing(DRAWN + 9500)).toEqual(nothing);
  rmSync(path);
  mkdirSync(path);
  expect(standing(DRAWN + 9500)).toEqual(nothing);
});
