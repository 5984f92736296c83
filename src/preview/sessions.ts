import type { SessionProfile } from "../session.ts";
import afterCompact from "./sessions/after-compact.json";
import afterFirstReply from "./sessions/after-first-reply.json";
import worktree from "./sessions/worktree.json";

/** When the samples play, epoch ms: while the first captured session's prompt cache is warm. */
export const NOW = afterFirstReply.prompt_cache.expires_at * 1000 - 150_000;

const hours = (count: number) => NOW / 1000 + count * 3600;

/** The sample that shows most: a captured session with its figures changed to those of a longer one. */
export const workingDay = {
  ...afterFirstReply,
  context_window: {
    ...afterFirstReply.context_window,
    current_usage: {
      ...afterFirstReply.context_window.current_usage,
      cache_read_input_tokens: 381_700,
    },
    used_percentage: 38,
  },
  cost: {
    total_cost_usd: 2.47,
    total_duration_ms: 4_560_000,
    total_api_duration_ms: 1_130_000,
    total_lines_added: 214,
    total_lines_removed: 38,
  },
  rate_limits: {
    five_hour: { used_percentage: 23.5, resets_at: hours(3.4) },
    seven_day: { used_percentage: 41, resets_at: hours(77) },
  },
};

/** A session that has a value for every module. */
export const everything = {
  ...workingDay,
  session_name: "login form",
  agent: { name: "reviewer" },
  vim: { mode: "NORMAL" },
  effort: { level: "high" },
  fast_mode: true,
  output_style: { name: "Explanatory" },
  pr: { number: 42, url: "https://github.com/acme/proj/pull/42", review_state: "approved" },
  worktree: worktree.worktree,
};

/** The account of that session. */
export const account: SessionProfile = { id: "work", name: "Work", label: "Work", owner: true, since: null };

/** Documents that Claude Code gave on stdin, by what they are of. */
export const documents: Readonly<Record<string, object>> = {
  "a working day": workingDay,
  "after the first reply": afterFirstReply,
  "in a work tree": worktree,
  "after a compaction": afterCompact,
};

const endOf = (hour: number) => NOW + hour * 3_600_000;
const share = (own: number, from: number, to: number) => ({
  own,
  others: 0,
  atLeast: false,
  since: null,
  startsAt: endOf(from),
  endsAt: endOf(to),
});

/** What the modules' sources may have given meanwhile, by module. */
export const samples: Readonly<Record<string, unknown>> = {
  git: {
    problem: null,
    branch: "main",
    unborn: false,
    upstream: true,
    gone: false,
    commit: null,
    tag: null,
    ahead: 1,
    behind: 0,
    staged: 2,
    unstaged: 0,
    untracked: 3,
    conflicts: 0,
    stash: 0,
  },
  cost: {
    today: share(17.03, -15, 9),
    todayTokens: share(11_200_000, -15, 9),
    week: share(86.4, -128, 40),
    weekTokens: share(49_600_000, -128, 40),
    block: {
      startsAt: endOf(-1.6),
      endsAt: endOf(3.4),
      totalTokens: 9_400_000,
      resetTime: new Date(endOf(3.4)).toISOString().slice(11, 16),
    },
    hasLimits: false,
    lastHour: { at: NOW, usd: 5.06, tokens: 5_820_000, atLeast: false, isPart: false },
    samples: [],
    carried: {},
    doubts: [],
  },
  model: {
    lastReplyModel: "claude-opus-5-5",
    compaction: { model: "claude-opus-5-5", enabled: true, window: null },
  },
  time: { minutes: 0, change: null },
  trend: [23_100, 61_000, 118_000, 151_000, 190_000, 246_000, 301_000, 322_000, 384_100],
  tmux: { session: "work", window: "1", pane: "0", width: 150, height: 30 },
  command: "☀ 21°C",
  limits: { fiveHour: null, sevenDay: null, spend: null },
};
