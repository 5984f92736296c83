import { afterAll, expect, test } from "bun:test";
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { type TSchema, Type } from "@sinclair/typebox";
import fc from "fast-check";
import type { Entry } from "../../src/cache/entry.ts";
import { entryPath, entryText } from "../../src/cache/store.ts";
import { draw } from "../../src/frame/draw.ts";
import { reusable } from "../../src/frame/reusable-parts.ts";
import { inputOf, reuseOf, savedFrameOf } from "../../src/frame/validity.ts";
import { writeAtomic } from "../../src/lib/atomic.ts";
import { modules } from "../../src/modules/all.ts";
import { parseSession } from "../../src/parse-session.ts";
import { everything, NOW, samples } from "../../src/preview/sessions.ts";
import { realWorld, type World } from "../../src/world.ts";
import { Sandbox } from "../harness.ts";
import { settingsFor } from "../modules/shown.ts";

/**
 * A frame made from reused parts equals one in which every part is made again, whatever has happened in between. A module
 * that does not say when the clock changes its value, or what of the session it uses, fails this.
 */

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());
const folder = sandbox.repository("r");
const HEAD = `${folder}/.git/HEAD`;
const branches = ["ref: refs/heads/main\n", "ref: refs/heads/other\n"];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** All modules, two on a line, each at its full width; their times are out of the way of what the clock does. */
const ids = modules.map(({ moduleId }) => moduleId);
const FLAGS = [
  `--lines=${JSON.stringify(ids.flatMap((_, n) => (n % 2 === 0 ? [ids.slice(n, n + 2)] : [])))}`,
  ...ids.flatMap((id) => [`--refresh-${id}=1d`, `--ttl-${id}=300d`, `--stale-${id}=300d`]),
  ...["--rate-limit-ms=0", "--always-account=true"],
];
const ENV = { ...sandbox.env, COLUMNS: "400", TZ: "Asia/Kolkata", TMUX: "/tmp/tmux,1,0", TMUX_PANE: "%1" };

/** Fields of the document with values that they may have; the first is the usual one. */
const changes: readonly Readonly<Record<string, unknown>>[] = [
  { session_name: "one" },
  { session_name: "two" },
  { model: { id: "claude-haiku-5-5", display_name: "Haiku 5.5" } },
  { model: { id: null, display_name: null } },
  { agent: { name: "other" } },
  { vim: { mode: "INSERT" } },
  { effort: { level: "low" }, thinking: { enabled: false } },
  { fast_mode: false },
  { output_style: { name: "default" } },
  { version: "9.9.9" },
  { pr: { number: 7, url: "https://example.org/7", review_state: null } },
  { worktree: { name: "other", original_branch: "main" } },
  { cost: { ...everything.cost, total_cost_usd: 30.5 } },
  { cost: { ...everything.cost, total_lines_added: 3 } },
  { cost: { ...everything.cost, total_duration_ms: 9_560_000 } },
  { cost: { ...everything.cost, total_api_duration_ms: 2_130_000 } },
  { context_window: { ...everything.context_window, used_percentage: 4, current_usage: null } },
  { rate_limits: {} },
  { rate_limits: { five_hour: { used_percentage: 60, resets_at: (NOW + 40 * MINUTE) / 1000 } } },
  { prompt_cache: { ...everything.prompt_cache, expires_at: (NOW + 90 * SECOND) / 1000 } },
  { prompt_cache: null },
  { workspace: { ...everything.workspace, project_dir: folder, current_dir: `${folder}/.git` } },
];

/** When something was reported: not in the future. */
const past = fc.constantFrom(0, NOW - DAY, NOW - HOUR, NOW - 2 * MINUTE);

/** Values that fit a schema; numbers may be times. */
function fitting(schema: TSchema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fitting));
  if (schema.const !== undefined) return fc.constant(schema.const);
  switch (schema.type) {
    case "object":
      if (schema.patternProperties) return fc.constant({});
      return fc.record(
        Object.fromEntries(
          Object.entries<TSchema>(schema.properties).map(([name, type]) => [
            name,
            name === "at" ? past : fitting(type),
          ]),
        ),
      );
    case "array":
      return fc.array(fitting(schema.items), { maxLength: 4 });
    case "integer":
    case "number":
      return fc
        .constantFrom(0, 1, 42, NOW - HOUR, NOW + MINUTE, NOW + HOUR + 1, NOW + DAY)
        .map((amount) => Math.max(amount, schema.minimum ?? amount));
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.constantFrom("", "text", "a/b");
  }
}

/** Moves each number that is a time of the sample by some time. */
const moved = (value: unknown, by: number): unknown =>
  JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === "number" && each > NOW - 30 * DAY ? each + by : each,
  );

const sourced = modules.filter(({ fetch }) => fetch !== undefined);
const deltas = [
  0,
  1,
  SECOND,
  29 * SECOND,
  31 * SECOND,
  59 * SECOND,
  MINUTE,
  61 * SECOND,
  5 * MINUTE,
  41 * MINUTE,
];
const delta = fc.constantFrom(...deltas, HOUR, HOUR + 1, 5 * HOUR, DAY, 4 * DAY);

const scenario = fc.record({
  /** Milliseconds of the minute in which the first frame is drawn. */
  at: fc.integer({ min: 0, max: MINUTE - 1 }),
  by: delta,
  first: fc.subarray([...changes], { maxLength: 3 }),
  changed: fc.oneof(
    fc.constant([]),
    fc.constantFrom(...changes).map((change) => [change]),
    fc.subarray([...changes], { maxLength: 4 }),
  ),
  values: fc.record(
    Object.fromEntries(
      sourced.map(({ moduleId, schema }) => {
        const sample = delta.map((by) => moved(samples[moduleId], -by));
        const any = schema ? fitting(schema(Type)) : fc.constant(null);
        return [
          moduleId,
          fc.oneof({ weight: 12, arbitrary: sample }, { weight: 3, arbitrary: any }, fc.constant(undefined)),
        ];
      }),
    ),
  ),
  /** The values that another fetch has given meanwhile. */
  fetched: fc.subarray(
    sourced.map(({ moduleId }) => moduleId),
    { maxLength: 2 },
  ),
  checksOut: fc.boolean(),
});

let sessions = 0;
let writes = 0;

function documentOf(changed: readonly object[], id: string): string {
  const workspace = { ...everything.workspace, project_dir: folder, current_dir: folder };
  return JSON.stringify(Object.assign({}, everything, { workspace, session_id: id }, ...changed));
}

/** Caches what a module's source has given. */
function store(moduleId: string, data: unknown, document: string, world: World, fetchedAt: number): void {
  const module = sourced.find((each) => each.moduleId === moduleId);
  const key = module?.key?.(parseSession(document, ENV, FLAGS), world, settingsFor(module)) ?? null;
  if (key === null || data === undefined) return;
  const entry: Entry = {
    ...{ moduleId, sessionId: null, key, data, fetchedAt, validUntil: fetchedAt, fetchCount: 1 },
    ...{ lastAccessedAt: fetchedAt, failure: null, warnings: [] },
  };
  writeAtomic(entryPath(world, moduleId, key), entryText(entry), fetchedAt);
}

function checkOut(branch: string): void {
  writeFileSync(HEAD, branch);
  const time = NOW / 1000 - 100_000 + ++writes;
  utimesSync(HEAD, time, time);
}

test("a frame made from reused parts equals one in which every part is made again", async () => {
  let [whole, parts] = [0, 0];
  await fc.assert(
    fc.asyncProperty(scenario, async ({ at, by, first, changed, values, fetched, checksOut }) => {
      const id = `${String(++sessions).padStart(8, "0")}-2222-4222-8222-222222222222`;
      let clock = NOW - (NOW % MINUTE) + at;
      const world: World = { ...realWorld(ENV), now: () => clock, startSelf: () => {} };
      const before = documentOf(first, id);
      checkOut(branches[0] as string);
      for (const [moduleId, value] of Object.entries(values))
        store(moduleId, value, before, world, clock - 1000);

      const frameOf = async (document: string, isReused: boolean) => {
        const input = inputOf(document, FLAGS, world);
        const saved = savedFrameOf(document, world);
        const reuse = saved === null || !isReused ? null : reuseOf(saved, input, world);
        if (reuse?.frame) whole++;
        if (saved !== null && reuse?.frame) return saved.text;
        const session = parseSession(document, ENV, FLAGS);
        const kept = saved && reuse && reusable(saved, reuse, session, clock);
        parts += ids.filter((moduleId) => kept?.part(moduleId)).length;
        let text = "";
        await draw(input, saved, reuse, world, async (printed) => {
          text = printed;
        });
        return text;
      };
      expect(await frameOf(before, true)).not.toContain("⚙⚠");
      clock += by;
      const after = documentOf([...first, ...changed], id);
      for (const moduleId of fetched)
        store(moduleId, moved(samples[moduleId], by), after, world, clock - 500);
      if (checksOut) checkOut(branches[1] as string);
      const path = `${world.paths.frames}/${id}.json`;
      const kept = readFileSync(path, "utf8");
      const again = await frameOf(after, true);
      // The same saved frame, of which nothing is used.
      writeFileSync(path, kept);
      expect(again).toBe(await frameOf(after, false));
    }),
    { numRuns: 400 },
  );
  // Some of it left the whole frame as it was; most of it left some parts.
  expect(whole).toBeGreaterThan(3);
  expect(parts).toBeGreaterThan(1000);
});
