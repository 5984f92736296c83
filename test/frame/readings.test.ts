import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import type { Entry } from "../../src/cache/entry.ts";
import { entryPath, entryText } from "../../src/cache/store.ts";
import { collect } from "../../src/frame/readings.ts";
import { recorded } from "../../src/frame/recorder.ts";
import { writeAtomic } from "../../src/lib/atomic.ts";
import type { ModuleSettings, StatusModule } from "../../src/module.ts";
import { parseSession } from "../../src/parse-session.ts";
import { realWorld, type World } from "../../src/world.ts";
import { Sandbox } from "../harness.ts";
import { defaults, NOW } from "../modules/shown.ts";

let sandbox: Sandbox;
let world: World;

beforeEach(() => {
  sandbox = new Sandbox();
  world = realWorld({ ...sandbox.env, STATUSLINE_NOW: String(NOW) });
});
afterEach(() => sandbox.remove());

const asked: ModuleSettings = {
  enabled: true,
  refreshInterval: 1000,
  cacheTTL: 5000,
  stalenessThreshold: 9000,
  timeout: 500,
  maxRetries: 0,
  retryBackoff: 0,
  maxConcurrent: 1,
};

/** A module that has what it was given as its value. */
const module = (changes: Partial<StatusModule> = {}): StatusModule => ({
  moduleId: "one",
  description: "a module",
  icons: ["", "", ""],
  uses: [],
  read: (_session, _world, fetched) => ({ fetched }),
  format: () => [],
  ...changes,
});
const cached = module({ key: () => "one:k", fetch: async () => "new" });
const borrower = module({ moduleId: "two", key: () => "one:k", cachedBy: "one" });

/** The readings of these modules; `settings` by module. */
function read(modules: readonly StatusModule[], settings: Record<string, object> = {}) {
  const own = Object.entries({ one: {}, two: {}, ...settings });
  const configured = Object.fromEntries(own.map(([id, changes]) => [id, { ...asked, ...changes }]));
  return collect(modules, { ...defaults, modules: configured }, parseSession("{}"), recorded(world, []));
}

/** Caches a value that was asked for so many milliseconds ago. */
function store(data: unknown, ageMs: number, moduleId = "one"): void {
  const fetchedAt = NOW - ageMs;
  const entry: Entry = {
    moduleId,
    key: "one:k",
    data,
    fetchedAt,
    validUntil: fetchedAt + asked.cacheTTL,
    failure: null,
    warnings: [],
    sessionId: null,
    fetchCount: 1,
    lastAccessedAt: fetchedAt,
  };
  writeAtomic(entryPath(world, moduleId, "one:k"), entryText(entry), fetchedAt);
}

describe("a value is live", () => {
  const live = { freshness: "live", ageMs: 0, due: false, error: null, data: { fetched: null } };
  test.each([
    ["without a key", module()],
    ["with none for this session", module({ ...cached, key: () => null })],
  ])("%s", (_, each) => {
    store("old", 100);
    expect(read([each])).toMatchObject([live]);
  });
});

describe.each([
  ["its own", cached],
  ["another module's", borrower],
])("of a cached value, %s", (_, each) => {
  test.each([
    ["nothing yet", null, "pending", "pending", true],
    ["a fresh one", 100, "old", "fresh", false],
    ["one to be fetched anew", 1000, "old", "fresh", true],
    ["an expired one", 5000, "old", "expired", true],
    ["a stale one", 9000, "old", "stale", true],
  ] as const)("%s", (_, ageMs, fetched, freshness, due) => {
    if (ageMs !== null) store("old", ageMs);
    // What the borrower says of times is not asked.
    const readings = read([each], { two: { refreshInterval: 1, stalenessThreshold: 1 } });
    expect(readings).toMatchObject([{ data: { fetched }, freshness, due, ageMs: ageMs ?? 0 }]);
  });

  test("is wanted by whoever shows it, also where the module that has the source does not", () => {
    expect(read([each], { one: { enabled: false } })).toMatchObject([{ due: true }]);
  });

  test("a borrower's entry is not taken", () => {
    store("other", 100, "two");
    expect(read([each])).toMatchObject([{ data: { fetched: "pending" } }]);
  });
});

test("key and reading are told the module's own settings", () => {
  const told: unknown[] = [];
  const listener = module({
    key: (_session, _world, settings) => {
      told.push(settings);
      return null;
    },
    read: (_session, _world, _fetched, settings) => told.push(settings),
  });
  read([listener], { one: { cells: 7 } });
  expect(told).toEqual([
    { ...asked, cells: 7 },
    { ...asked, cells: 7 },
  ]);
});

describe("what goes wrong is told, and holds up no other", () => {
  const fail = () => {
    throw new Error("broken");
  };
  test.each<[string, Partial<StatusModule>]>([
    ["the key", { key: fail }],
    ["the reading", { read: fail }],
    ["the time of a change", { key: () => "one:k", changedAt: fail }],
  ])("%s", (_, changes) => {
    expect(read([module(changes), borrower])).toMatchObject([
      { data: null, freshness: "failed", due: false, error: "broken" },
      { data: { fetched: "pending" }, error: null },
    ]);
  });

  test("a cache that cannot be read, which leaves what the session tells", () => {
    mkdirSync(entryPath(world, "one", "one:k"), { recursive: true });
    const [reading] = read([cached]);
    expect(reading).toMatchObject({ data: { fetched: "pending" }, freshness: "pending" });
    expect(reading?.error).toContain("one-");
  });
});
