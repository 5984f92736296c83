import { cleanSession } from "./clean-session.ts";
import { count, dollars, type Fields, flag, number, path, record, string } from "./lib/fields.ts";
import { printable } from "./lib/text.ts";
import { isSafeId } from "./paths.ts";
import type { ContextWindow, Limit, PromptCache, Session } from "./session.ts";

/**
 * Reads the JSON document that Claude Code pipes to its `statusLine` command.
 * Unknown fields are ignored; a document that is not an object gives a session that knows nothing. What contradicts
 * itself is left out; see `cleanSession`.
 * @param env the session's environment, of which `TZ`, `TMUX`, `TMUX_PANE` and `STATUSLINE_…` count
 * @param flags what the program was called with
 * @throws SyntaxError when `text` is not JSON.
 */
export function parseSession(
  text: string,
  env: Readonly<Record<string, string | undefined>> = {},
  flags: readonly string[] = [],
): Session {
  const root = record(JSON.parse(text));
  const workspace = record(root.workspace);
  const model = record(root.model);
  const sessionId = string(root.session_id);
  const cwd = path(workspace.current_dir) ?? path(root.cwd);
  return cleanSession({
    sessionId: sessionId !== null && isSafeId(sessionId) ? sessionId : null,
    sessionName: string(root.session_name),
    transcriptPath: transcript(path(root.transcript_path)),
    cwd,
    projectDir: path(workspace.project_dir) ?? cwd,
    model: { id: string(model.id), displayName: string(model.display_name) },
    timeZone: env.TZ ?? "",
    durations: {
      totalMs: count(record(root.cost).total_duration_ms),
      apiMs: count(record(root.cost).total_api_duration_ms),
    },
    cost: sums(record(root.cost)),
    context: root.context_window === undefined ? null : contextWindow(record(root.context_window)),
    limits: limits(record(root.rate_limits)),
    limitsAt: null,
    firstSeen: null,
    promptCache: promptCache(record(root.prompt_cache)),
    effort: string(record(root.effort).level),
    thinking: flag(record(root.thinking).enabled),
    fastMode: flag(root.fast_mode),
    outputStyle: string(record(root.output_style).name),
    vimMode: string(record(root.vim).mode),
    agent: string(record(root.agent).name) ?? string(root.agent_type),
    version: string(root.version),
    repo: repository(record(workspace.repo)),
    worktree: worktree(record(root.worktree), workspace),
    pullRequest: pullRequest(record(root.pr)),
    tmux: tmuxPane(env.TMUX, env.TMUX_PANE),
    profileHint: profileName(env.STATUSLINE_PROFILE),
    overrides: overridesIn(env, flags),
    profile: null,
    document: null,
    warnings: [],
  });
}

/** Claude Code's transcripts are called so; nothing else is opened in their name. */
function transcript(path: string | null): string | null {
  return path?.endsWith(".jsonl") ? path : null;
}

function sums(cost: Fields): Session["cost"] {
  return {
    totalUsd: dollars(cost.total_cost_usd),
    linesAdded: count(cost.total_lines_added),
    linesRemoved: count(cost.total_lines_removed),
  };
}

function contextWindow(window: Fields): ContextWindow {
  const usage = record(window.current_usage);
  let used: number | null = null;
  for (const part of [usage.input_tokens, usage.cache_creation_input_tokens, usage.cache_read_input_tokens]) {
    const tokens = count(part);
    if (tokens !== null) used = (used ?? 0) + tokens;
  }
  return {
    size: number(window.context_window_size),
    used: count(used),
    output: count(usage.output_tokens),
    usedPercent: count(window.used_percentage),
  };
}

function limits(windows: Fields): Session["limits"] {
  const spend = record(windows.spend_limit);
  const spent = limit(spend);
  return {
    fiveHour: limit(record(windows.five_hour)),
    sevenDay: limit(record(windows.seven_day)),
    spend: spent && { ...spent, usedUsd: count(spend.used_usd), limitUsd: count(spend.limit_usd) },
  };
}

function limit(window: Fields): Limit | null {
  const usedPercent = count(window.used_percentage);
  return usedPercent === null ? null : { usedPercent, resetsAt: epochSeconds(window.resets_at) };
}

/** Seconds since 1970 that are times of these decades: 2001 to 2286. */
const TIMES = { least: 1e9, most: 1e10 };

/** A time in epoch seconds, given as those, as milliseconds or as ISO text; null where it is none. */
function epochSeconds(value: unknown): number | null {
  let time = number(value);
  if (time === null && typeof value === "string") time = isoSeconds(value);
  if (time !== null && time >= TIMES.least * 1000) time /= 1000;
  return time !== null && time >= TIMES.least && time < TIMES.most ? time : null;
}

/** Text without a zone is read as UTC: the zone of this machine may be another than the server's. */
function isoSeconds(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text);
  const time = Date.parse(hasZone ? text : `${text}Z`);
  return Number.isNaN(time) ? null : time / 1000;
}

function promptCache(cache: Fields): PromptCache | null {
  const warm = flag(cache.warm);
  if (warm === null) return null;
  return {
    warm,
    expiresAt: epochSeconds(cache.expires_at),
    hitRatio: count(cache.hit_ratio),
    misses: count(cache.misses),
    lastMissCause: string(cache.last_miss_cause),
  };
}

function repository(repo: Fields): Session["repo"] {
  const [host, owner, name] = [string(repo.host), string(repo.owner), string(repo.name)];
  return host === null || owner === null || name === null ? null : { host, owner, name };
}

function worktree(told: Fields, workspace: Fields): Session["worktree"] {
  const name = string(told.name) ?? string(workspace.git_worktree);
  return name === null ? null : { name, originalBranch: string(told.original_branch) };
}

function pullRequest(pr: Fields): Session["pullRequest"] {
  const number = count(pr.number);
  return number === null ? null : { number, url: string(pr.url), reviewState: string(pr.review_state) };
}

/** tmux puts `SOCKET,PID,SESSION` into TMUX and `%N` into TMUX_PANE (tmux(1)). */
function tmuxPane(server: string | undefined, pane: string | undefined): Session["tmux"] {
  return server === undefined || pane === undefined ? null : paneIn(server, pane);
}

function paneIn(server: string, pane: string): Session["tmux"] {
  const socket = path(server.split(",")[0]);
  return socket !== null && /^%\d+$/.test(pane) ? { socket, pane } : null;
}

function profileName(text: string | undefined): string | null {
  if (text === undefined) return null;
  const name = printable(text).trim();
  return name === "" ? null : name.slice(0, 64);
}

/** These identify the session, stop the clock, or choose a program: they are not configuration. */
function isNoConfiguration(name: string): boolean {
  return /^STATUSLINE_(NOW|PROFILE|VERSION|BASE_URL)$/.test(name);
}

/** What of the environment, and which flags, configure the program. */
export function overridesIn(
  env: Readonly<Record<string, string | undefined>>,
  flags: readonly string[] = [],
): string[] {
  const overrides: string[] = [];
  for (const name in env) {
    const value = env[name];
    if (value !== undefined && name.startsWith("STATUSLINE_") && !isNoConfiguration(name))
      overrides.push(`${name}=${value}`);
  }
  if (overrides.length > 1) overrides.sort();
  return [...overrides, ...flags];
}
