import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { root } from "../../build/compile.ts";
import type { Fetched, StatusModule } from "../../src/module.ts";
import { account } from "../../src/modules/account.ts";
import { context } from "../../src/modules/context.ts";
import { cost, spentSince } from "../../src/modules/cost.ts";
import { git } from "../../src/modules/git.ts";
import { modules } from "../../src/modules/index.ts";
import { model } from "../../src/modules/model.ts";
import { project } from "../../src/modules/project.ts";
import { time } from "../../src/modules/time.ts";
import { weekly } from "../../src/modules/weekly.ts";
import { parseSession, type Session } from "../../src/session.ts";
import { realWorld, type World } from "../../src/world.ts";
import { capture } from "../harness.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const HOUR = 3_600_000;
const worldAt = (now: number, env = {}): World =>
  realWorld({ HOME: "/home/me", STATUSLINE_NOW: String(now), ...env });

/** All that a module shows of a session, from long to short. */
async function shown<Data, Cached>(
  module: StatusModule<Data, Cached>,
  session: object | Session,
  fetched: Fetched<Cached>,
  world = worldAt(NOW),
) {
  const given = "timeZone" in session ? (session as Session) : parseSession(JSON.stringify(session));
  const data = await module.read(given, world, fetched);
  return data === null
    ? []
    : Array.from(module.format(data), (form) => form.map(({ text }) => text).join(""));
}

describe("every module", () => {
  const files = readdirSync(`${root}src/modules`).filter((name) => name !== "index.ts");
  const sessions = readdirSync(`${root}test/fixtures/captures`).filter((name) => name.startsWith("stdin-"));

  test("has a file of its name", () => {
    expect(modules.map(({ moduleId }) => `${moduleId}.ts`).sort()).toEqual(files.sort());
  });

  for (const module of modules) {
    test(`${module.moduleId} reads and formats every captured session`, async () => {
      if (module.fetch !== undefined) expect(module.schema).toBeDefined();
      for (const name of sessions) {
        for (const fetched of [null, "pending"] as const) {
          const forms = await shown(module, capture(name.replace(".json", "")), fetched);
          for (const form of forms.slice(0, 1)) expect(form).not.toBe("");
          const widths = forms.map((form) => Bun.stringWidth(form));
          expect(widths.at(-1) ?? 0).toBeLessThanOrEqual(widths[0] ?? 0);
        }
      }
    });
  }
});

describe("context", () => {
  const window = (
    used: number | null,
    size = 200_000,
    percent: number | null = used === null ? null : Math.round((100 * used) / size),
  ) => ({
    model: { id: "claude-haiku-1m[1m]" },
    context_window: {
      context_window_size: size,
      current_usage: used === null ? null : { input_tokens: used },
      used_percentage: percent,
    },
  });
  test.each([
    ["before the first reply", window(null), {}, "░░░░░░░░░░ –/200k"],
    [
      "by the payload's size, whatever the model is called",
      window(50_000),
      {},
      "██▌░░░░░░░ 25% 50k/200k · 117k until compaction",
    ],
    ["at the point of compaction", window(167_000), {}, "████████▍░ 84% 167k/200k · 0 until compaction"],
    ["when compaction is off", window(50_000), { DISABLE_COMPACT: "1" }, "██▌░░░░░░░ 25% 50k/200k"],
    [
      "with an override",
      window(50_000),
      { CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: "50" },
      "██▌░░░░░░░ 25% 50k/200k · 40k until compaction",
    ],
    [
      "with a smaller window for compaction",
      window(50_000),
      { CLAUDE_CODE_AUTO_COMPACT_WINDOW: "100000" },
      "██▌░░░░░░░ 25% 50k/200k · 17k until compaction",
    ],
  ])("%s", async (_, session, env, text) => {
    expect((await shown(context, session, null, worldAt(NOW, env)))[0]).toBe(text);
  });

  test("an older client's session is read from the transcript", async () => {
    const session = { session_id: "s", transcript_path: `${root}test/fixtures/captures/transcript.jsonl` };
    expect(await shown(context, session, null)).toEqual(["26.5k tokens"]);
    expect(await shown(context, { ...session, transcript_path: "/nonexistent" }, null)).toEqual([]);
  });
});

describe("cost", () => {
  const share = (own: number | null, endsAt = NOW + HOUR) => ({ own, others: 0, since: null, endsAt });
  const block = {
    startsAt: NOW - HOUR,
    endsAt: NOW + 4 * HOUR,
    costUsd: 1,
    totalTokens: 5,
    burnRateUsdPerHour: 2,
    tokensPerMinute: 3,
    resetTime: "16:00",
  };
  const session = { cost: { total_cost_usd: 0.5 } };
  test.each([
    ["before the first fetch", "pending", "$0.50 session  … today"],
    ["without a source", null, "$0.50 session"],
    [
      "all of it",
      { today: share(7), estimated: false, block },
      "$0.50 session  $7.00 today  $2.00/h  4h left → 16:00",
    ],
    [
      "a block from before midnight",
      { today: share(7), estimated: true, block: null },
      "$0.50 session  ~$7.00 today",
    ],
    [
      "yesterday's sum is not today's",
      { today: share(7, NOW - 1), estimated: false, block: null },
      "$0.50 session  – today",
    ],
    [
      "a block that has ended",
      { today: share(7), estimated: false, block: { ...block, endsAt: NOW } },
      "$0.50 session  $7.00 today",
    ],
    [
      "an unknown price",
      { today: share(null), estimated: false, block: { ...block, burnRateUsdPerHour: null } },
      "$0.50 session  – today  4h left → 16:00",
    ],
  ] as const)("%s", async (_, spending, text) => {
    expect((await shown(cost, session, spending))[0]).toBe(text);
  });

  test("a burn rate without a flow of tokens is a warning", () => {
    const given = parseSession("{}");
    expect(cost.crossCheck?.({ today: share(1), estimated: false, block }, given)).toEqual([]);
    expect(
      cost.crossCheck?.(
        { today: share(1), estimated: false, block: { ...block, tokensPerMinute: 0 } },
        given,
      ),
    ).toHaveLength(1);
  });

  test.each([
    ["nothing", [], 0, false],
    ["all since midnight", [[1, 3, 10]], 10, false],
    ["all before", [[-5, -1, 10]], 0, false],
    ["a block over midnight by its share", [[-2, 2, 10]], 5, true],
    ["an unknown price", [[1, 2, null]], null, false],
  ] as const)("spent since midnight: %s", (_, all, usd, estimated) => {
    const blocks = all.map(([start, last, costUsd]) => ({
      startsAt: NOW + start * HOUR,
      lastUsedAt: NOW + last * HOUR,
      costUsd,
    }));
    expect(spentSince(NOW, blocks)).toEqual({ usd, estimated });
  });
});

test("weekly: last week's sum is not this week's", async () => {
  const share = (own: number | null, endsAt: number) => ({ own, others: 0, since: null, endsAt });
  const week = (own: number | null, endsAt: number) => ({
    cost: share(own, endsAt),
    tokens: share(1_500_000, endsAt),
  });
  expect(await shown(weekly, {}, week(12.5, NOW + 1))).toEqual(["$12.50 week · 1.5M tokens", "$12.50 week"]);
  expect(await shown(weekly, {}, week(null, NOW + 1))).toEqual(["– week · 1.5M tokens", "– week"]);
  expect(await shown(weekly, {}, week(12.5, NOW))).toEqual([]);
  expect(await shown(weekly, {}, "pending")).toEqual(["… week"]);
});

describe("time", () => {
  const offset = { minutes: 120, change: { at: Date.parse("2026-10-25T01:00:00Z"), minutes: 60 } };
  test.each([
    ["2026-10-25T00:59:00Z", "02:59"],
    ["2026-10-25T01:00:00Z", "02:00"],
    ["2026-10-25T23:30:00Z", "00:30"],
  ])("%s reads %s in Berlin", async (now, text) => {
    expect(await shown(time, {}, offset, worldAt(Date.parse(now)))).toEqual([text]);
  });
  test("is left out until the offset is known", async () => {
    expect(await shown(time, {}, "pending")).toEqual([]);
  });
});

describe("project", () => {
  const at = (project_dir: string, current_dir: string) => ({ workspace: { project_dir, current_dir } });
  test.each([
    [at("/home/me/work/widgets", "/home/me/work/widgets"), ["widgets"]],
    [at("/w/widgets", "/w/widgets/src"), ["widgets/src", "widgets"]],
    [at("/w/widgets", "/w/widgets/src/lib"), ["widgets/src/lib", "widgets/…/lib", "widgets"]],
    [at("/w/widgets", "/w/widgets-two"), ["widgets-two"]],
    [at("/home/me", "/home/me"), ["~"]],
    [at("/", "/"), ["/"]],
    [{}, []],
  ])("%j", async (session, forms) => {
    expect(await shown(project, session, null)).toEqual(forms);
  });
});

describe("model", () => {
  test.each([
    [{ model: { id: "claude-opus-5-5", display_name: "Claude Opus 5.5" } }, null, ["Opus 5.5"]],
    [{ model: { id: "claude-opus-5-5" } }, null, ["opus-5-5"]],
    [{}, { lastReplyModel: "claude-sonnet-5-5" }, ["sonnet-5-5"]],
    [{}, null, []],
  ])("%j with %j", async (session, checked, forms) => {
    expect(await shown(model, session, checked)).toEqual(forms);
  });

  test.each([
    ["claude-opus-5-5", "claude-opus-5-5-20251101", 0],
    ["claude-opus-5-5[1m]", "claude-opus-5-5", 0],
    ["claude-opus-5-5", "claude-haiku-5-5", 1],
  ])("%s against %s in the transcript: %i warnings", (id, lastReplyModel, count) => {
    const session = parseSession(JSON.stringify({ model: { id } }));
    expect(model.crossCheck?.({ lastReplyModel }, session)).toHaveLength(count);
  });
});

test("account: the label alone, and only where there is one", async () => {
  const session = parseSession("{}");
  expect(await shown(account, session, null)).toEqual([]);
  const labelled = { ...session, profile: { id: "work", label: "Work", owner: true, since: null } };
  expect((await shown(account, labelled, null))[0]).toBe("Work");
});

test("git: outside a repository there is nothing", async () => {
  expect(await shown(git, { cwd: "/nonexistent/folder" }, "pending")).toEqual([]);
});
