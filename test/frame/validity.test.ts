import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, rmSync, utimesSync } from "node:fs";
import type { Entry } from "../../src/cache/entry.ts";
import type { SavedFrame, Stamp } from "../../src/cache/saved-frame.ts";
import { entryPath, entryText, valueHash } from "../../src/cache/store.ts";
import { frameValidUntil, inputOf, type Reuse, reuseOf } from "../../src/frame/validity.ts";
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

/** What may be used again, at `now`, of a frame that was drawn when the value had just been fetched. */
function reuse(now: number, text = "{}", durations = false): Reuse {
  const path = entryPath(world, "git", KEY);
  const hash = valueHash(entry) ?? "";
  const input = (document: string) => inputOf(document, [], world);
  const stamps: Stamp[] = [[path, DRAWN, { hash, freshFor: FRESH }]];
  const saved: SavedFrame = {
    ...{ text: "x", at: DRAWN, staleAt: DRAWN, environment: input("{}").environment },
    ...{ document: input("{}").hash(durations), durations, validUntil: DRAWN + 60_000, stamps },
    details: () => {
      throw new Error("is not needed for this");
    },
  };
  return reuseOf(saved, input(text), { ...world, now: () => now });
}
/** The parts that do not show the value may be used. */
const CHANGED: Reuse = { frame: false, stamps: [null] };

test("a frame is valid while its value is the same file, and fresh", () => {
  const path = fetched(DRAWN);
  const { frame, stamps } = reuse(DRAWN + 9999);
  expect([frame, stamps?.[0]?.slice(0, 2)]).toEqual([true, [path, DRAWN]]);
  expect(reuse(DRAWN + FRESH)).toEqual(CHANGED);
  const other = reuse(DRAWN + 9999, `{"a":1}`);
  expect([other.frame, other.stamps?.[0]?.[0]]).toEqual([false, path]);
});

test("durations make another document only where they are shown", () => {
  fetched(DRAWN);
  const grown = `{"cost":{"total_duration_ms":5}}`;
  const frame = (durations: boolean) => {
    const before = inputOf(`{"cost":{"total_duration_ms":4}}`, [], world).hash(durations);
    return before === inputOf(grown, [], world).hash(durations);
  };
  expect([frame(true), frame(false)]).toEqual([false, true]);
});

test("a frame is valid as long as its first part, a minute at most, and not less than the rate limit", () => {
  const renderer = { rateLimitMs: 100, deduplication: true };
  const until = (...times: number[]) =>
    frameValidUntil(
      times.map((validUntil) => ({ validUntil })),
      { validUntil: DRAWN + 80_000 },
      DRAWN,
      renderer,
    );
  expect(until(DRAWN + 5000, DRAWN + 3000)).toBe(DRAWN + 3000);
  expect(until(DRAWN + 90_000)).toBe(DRAWN + 60_000);
  expect(until(DRAWN)).toBe(DRAWN + 100);
  const off = { ...renderer, deduplication: false };
  expect(frameValidUntil([{ validUntil: DRAWN + 5000 }], { validUntil: DRAWN + 5000 }, DRAWN, off)).toBe(
    DRAWN + 100,
  );
});

test("a value that was fetched anew and is the same leaves the frame as it is, for as long as it is fresh", () => {
  const path = fetched(DRAWN + 9000);
  const { frame, stamps } = reuse(DRAWN + 18_999);
  expect([frame, stamps?.[0]?.slice(0, 2)]).toEqual([true, [path, DRAWN + 9000]]);
  expect(reuse(DRAWN + 19_000)).toEqual(CHANGED);
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
  expect(reuse(DRAWN + 9500)).toEqual(CHANGED);
});

test("an older value in a newer file does not", () => {
  writeAtomic(entryPath(world, "git", KEY), entryText(entry), DRAWN + 9000);
  expect(reuse(DRAWN + 9500)).toEqual(CHANGED);
});

test("neither does a value that is gone, damaged, or cannot be read", () => {
  const path = entryPath(world, "git", KEY);
  expect(reuse(DRAWN + 9500)).toEqual(CHANGED);
  writeAtomic(path, "{", DRAWN + 1);
  expect(reuse(DRAWN + 9500)).toEqual(CHANGED);
  rmSync(path);
  mkdirSync(path);
  expect(reuse(DRAWN + 9500)).toEqual(CHANGED);
});
