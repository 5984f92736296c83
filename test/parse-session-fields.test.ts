import { describe, expect, test } from "bun:test";
import { parseSession } from "../src/parse-session.ts";
import type { Session } from "../src/session.ts";

describe("the context window", () => {
  test.each([
    ["is null where the client is too old to send it", {}, null],
    [
      "that is null knows nothing",
      { context_window: null },
      { size: null, used: null, output: null, usedPercent: null },
    ],
    [
      "of size 0 has no size",
      { context_window: { context_window_size: 0 } },
      { size: null, used: null, output: null, usedPercent: null },
    ],
    [
      "does not count output",
      { context_window: { current_usage: { input_tokens: 5, output_tokens: 100 } } },
      { size: null, used: 5, output: 100, usedPercent: null },
    ],
    [
      "that is empty is used by 0, not by an unknown number",
      { context_window: { current_usage: { input_tokens: 0 }, used_percentage: 0 } },
      { size: null, used: 0, output: null, usedPercent: 0 },
    ],
    [
      "leaves out what is no count",
      {
        context_window: {
          context_window_size: -1,
          used_percentage: "two",
          current_usage: { input_tokens: "five", cache_read_input_tokens: 7 },
        },
      },
      { size: null, used: 7, output: null, usedPercent: null },
    ],
    [
      "takes numbers that are written as text",
      {
        context_window: {
          context_window_size: "200000",
          used_percentage: "25",
          current_usage: { input_tokens: "20000", cache_read_input_tokens: "30000", output_tokens: "7" },
        },
      },
      { size: 200_000, used: 50_000, output: 7, usedPercent: 25 },
    ],
  ])("%s", (_, document, context) => {
    expect(parseSession(JSON.stringify(document)).context).toEqual(context);
  });
});

describe("rate limits", () => {
  test.each([
    [
      "both windows",
      {
        five_hour: { used_percentage: 23.5, resets_at: 1_800_000_000 },
        seven_day: { used_percentage: 0, resets_at: 1_800_500_000 },
      },
      { usedPercent: 23.5, resetsAt: 1_800_000_000 },
      { usedPercent: 0, resetsAt: 1_800_500_000 },
    ],
    [
      "only one",
      { seven_day: { used_percentage: 41, resets_at: 1_800_500_000 } },
      null,
      { usedPercent: 41, resetsAt: 1_800_500_000 },
    ],
    [
      "one without its end is shown without it",
      { five_hour: { used_percentage: 1 }, seven_day: null },
      { usedPercent: 1, resetsAt: null },
      null,
    ],
    ["one without its use is none", { five_hour: { resets_at: 1_800_000_000 } }, null, null],
    [
      "one of wrong types is none",
      { five_hour: { used_percentage: "a bit", resets_at: "soon" } },
      null,
      null,
    ],
    ["a list is none", [], null, null],
    ["null is none", null, null, null],
  ])("%s", (_, rate_limits, fiveHour, sevenDay) => {
    expect(parseSession(JSON.stringify({ rate_limits })).limits).toEqual({ fiveHour, sevenDay, spend: null });
  });

  test.each([
    [1_800_000_000, 1_800_000_000],
    ["1800000000", 1_800_000_000],
    [1_800_000_000_000, 1_800_000_000],
    ["1800000000000", 1_800_000_000],
    ["2027-01-15T08:00:00Z", 1_800_000_000],
    ["2027-01-15T08:00:00.000000+00:00", 1_800_000_000],
    ["2027-01-15T09:00:00+01:00", 1_800_000_000],
    ["2027-01-15T08:00:00", 1_800_000_000],
    ["2027-13-45T08:00:00Z", null],
    ["tomorrow", null],
    [5, null],
    [-1, null],
    [0, null],
    [1e15, null],
    [true, null],
    [{}, null],
  ])("the reset %j is %p, and the use is known anyway", (resets_at, resetsAt) => {
    const rate_limits = { five_hour: { used_percentage: "23.5", resets_at } };
    expect(parseSession(JSON.stringify({ rate_limits })).limits.fiveHour).toEqual({
      usedPercent: 23.5,
      resetsAt,
    });
  });

  const spend_limit = { used_percentage: 120, resets_at: 1_800_000_000, used_usd: 240, limit_usd: 200 };
  const window = { usedPercent: 120, resetsAt: 1_800_000_000 };
  test.each([
    ["may be exceeded", spend_limit, { ...window, usedUsd: 240, limitUsd: 200 }],
    [
      "may have no sums",
      { ...spend_limit, used_usd: null, limit_usd: "200" },
      { ...window, usedUsd: null, limitUsd: 200 },
    ],
    [
      "may have no end",
      { ...spend_limit, resets_at: null },
      { ...window, resetsAt: null, usedUsd: 240, limitUsd: 200 },
    ],
    ["without its use is none", { used_usd: 240, limit_usd: 200, resets_at: 1_800_000_000 }, null],
    ["of a wrong type is none", [spend_limit], null],
  ])("a limit in money %s", (_, limit, spend) => {
    expect(parseSession(JSON.stringify({ rate_limits: { spend_limit: limit } })).limits.spend).toEqual(spend);
  });
});

describe("the prompt cache", () => {
  const nothing = { expiresAt: null, hitRatio: null, misses: null, lastMissCause: null };
  test.each([
    [
      "is what it is",
      { warm: true, expires_at: 1_800_000_000, hit_ratio: 0.5, misses: 2, last_miss_cause: "ttl" },
      { warm: true, expiresAt: 1_800_000_000, hitRatio: 0.5, misses: 2, lastMissCause: "ttl" },
    ],
    ["may be cold and nothing else", { warm: false }, { warm: false, ...nothing }],
    [
      "leaves out what is of a wrong type",
      { warm: true, expires_at: "5", hit_ratio: -1, misses: [], last_miss_cause: {} },
      { warm: true, ...nothing },
    ],
    ["is none where nobody knows whether it is warm", { warm: "true", expires_at: 5 }, null],
    ["is none of null", null, null],
  ])("%s", (_, prompt_cache, promptCache) => {
    expect(parseSession(JSON.stringify({ prompt_cache })).promptCache).toEqual(promptCache);
  });
});

describe("what else the client tells", () => {
  const cost = { total_cost_usd: 1, total_duration_ms: 2, total_api_duration_ms: 3, total_lines_added: 4 };
  const [repo, pr] = [
    { host: "h", owner: "o", name: "n" },
    { number: 12, url: "u", review_state: "draft" },
  ];
  test.each<[string, object, Partial<Session>]>([
    [
      "its sums",
      { cost: { ...cost, total_lines_removed: -5 } },
      {
        durations: { totalMs: 2, apiMs: 3 },
        cost: { totalUsd: 1, linesAdded: 4, linesRemoved: null },
      },
    ],
    [
      "its effort and that it thinks",
      { effort: { level: "max" }, thinking: { enabled: true } },
      { effort: "max", thinking: true },
    ],
    ["no effort of a wrong type", { effort: "max", thinking: true }, { effort: null, thinking: null }],
    ["that it is fast", { fast_mode: true }, { fastMode: true }],
    ["not that it is fast, of a wrong type", { fast_mode: "true" }, { fastMode: null }],
    ["its output style", { output_style: { name: "Learning" } }, { outputStyle: "Learning" }],
    ["its vim mode", { vim: { mode: "INSERT" } }, { vimMode: "INSERT" }],
    ["its agent", { agent: { name: "reviewer" }, agent_type: "old" }, { agent: "reviewer" }],
    ["its agent's type where it has no name", { agent: {}, agent_type: "reviewer" }, { agent: "reviewer" }],
    ["its version", { version: "2.1.329" }, { version: "2.1.329" }],
    ["its repository", { workspace: { repo } }, { repo }],
    ["no repository of a part", { workspace: { repo: { ...repo, owner: "" } } }, { repo: null }],
    [
      "its work tree by its own name",
      { worktree: { name: "a" }, workspace: { git_worktree: "b" } },
      { worktree: { name: "a", originalBranch: null } },
    ],
    ["no work tree of a branch alone", { worktree: { original_branch: "main" } }, { worktree: null }],
    ["its pull request", { pr }, { pullRequest: { number: 12, url: "u", reviewState: "draft" } }],
    [
      "a pull request of a number alone",
      { pr: { number: 12 } },
      { pullRequest: { number: 12, url: null, reviewState: null } },
    ],
    ["no pull request without a number", { pr: { ...pr, number: "twelve" } }, { pullRequest: null }],
  ])("is %s", (_, document, expected) => {
    expect(parseSession(JSON.stringify(document))).toMatchObject(expected);
  });
});
