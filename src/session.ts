import { count, type Fields, flag, path, record, string } from "./lib/fields.ts";
import { isSafeId } from "./lib/paths.ts";
import { printable } from "./lib/text.ts";

/** What Claude Code says of one session on stdin. Whatever is missing or of a wrong type is null. */
export interface Session {
  readonly sessionId: string | null;
  readonly sessionName: string | null;
  readonly transcriptPath: string | null;
  /** Where the session works now. */
  readonly cwd: string | null;
  /** Where it was started. */
  readonly projectDir: string | null;
  readonly model: { readonly id: string | null; readonly displayName: string | null };
  /** `TZ` of the session, "" for the system's zone: not from stdin, but as much its own as its folder. */
  readonly timeZone: string;
  /** Sums since the session began: US dollars, milliseconds in all and waiting for the API, lines of code. */
  readonly cost: {
    readonly totalUsd: number | null;
    readonly durationMs: number | null;
    readonly apiMs: number | null;
    readonly linesAdded: number | null;
    readonly linesRemoved: number | null;
  };
  /** null when the client is too old to send it. */
  readonly context: ContextWindow | null;
  readonly limits: {
    readonly fiveHour: Limit | null;
    readonly sevenDay: Limit | null;
    readonly spend: SpendLimit | null;
  };
  readonly promptCache: PromptCache | null;
  /** `low` to `max`. */
  readonly effort: string | null;
  readonly thinking: boolean | null;
  readonly fastMode: boolean | null;
  readonly outputStyle: string | null;
  readonly vimMode: string | null;
  readonly agent: string | null;
  /** The client's version. */
  readonly version: string | null;
  /** The repository's place on a server, where it has one. */
  readonly repo: { readonly host: string; readonly owner: string; readonly name: string } | null;
  /** The linked work tree that the session works in. */
  readonly worktree: { readonly name: string; readonly originalBranch: string | null } | null;
  readonly pullRequest: {
    readonly number: number;
    readonly url: string | null;
    readonly reviewState: string | null;
  } | null;
  /** The tmux pane that it runs in, with the server's socket. */
  readonly tmux: { readonly socket: string; readonly pane: string } | null;
  /** `STATUSLINE_PROFILE`: the account that the person names for this session. */
  readonly profileHint: string | null;
  /** Variables and flags of this session that configure the program, as they were given. */
  readonly overrides: readonly string[];
  /** The account it belongs to; null until that is told. */
  readonly profile: SessionProfile | null;
  /** The whole document, where a command of the person's own wants it. */
  readonly document: string | null;
}

/** One of a subscriber's rate-limit windows. */
export interface Limit {
  readonly usedPercent: number;
  /** Epoch SECONDS, as the client sends it. */
  readonly resetsAt: number;
}

/** A limit in money, US dollars; its percentage may exceed 100. */
export interface SpendLimit extends Limit {
  readonly usedUsd: number | null;
  readonly limitUsd: number | null;
}

/** The prompt cache of the session's conversation. */
export interface PromptCache {
  readonly warm: boolean;
  /** Epoch SECONDS, as the client sends it. */
  readonly expiresAt: number | null;
  /** 0 to 1. */
  readonly hitRatio: number | null;
  readonly misses: number | null;
  readonly lastMissCause: string | null;
}

/** What a session is told of the account that it belongs to. */
export interface SessionProfile {
  readonly id: string;
  /** The account's label, where there is more than one account to tell apart. */
  readonly label: string | null;
  /** The figures of this configuration directory are this account's. */
  readonly owner: boolean;
  /** Since when they are (epoch ms), or null when no other account had it before. */
  readonly since: number | null;
}

export interface ContextWindow {
  /** Tokens of the window. */
  readonly size: number | null;
  /** Tokens in it (input, cache writes and cache reads; output is not counted); null before the first reply. */
  readonly used: number | null;
  /** The client's own rounded figure, 0 to 100. */
  readonly usedPercent: number | null;
}

/**
 * Reads the JSON document that Claude Code pipes to its `statusLine` command.
 * Unknown fields are ignored; a document that is not an object gives a session that knows nothing.
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
  return {
    sessionId: sessionId !== null && isSafeId(sessionId) ? sessionId : null,
    sessionName: string(root.session_name),
    transcriptPath: path(root.transcript_path),
    cwd,
    projectDir: path(workspace.project_dir) ?? cwd,
    model: { id: string(model.id), displayName: string(model.display_name) },
    timeZone: env.TZ ?? "",
    cost: sums(record(root.cost)),
    context: root.context_window === undefined ? null : contextWindow(record(root.context_window)),
    limits: limits(record(root.rate_limits)),
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
  };
}

function sums(cost: Fields): Session["cost"] {
  return {
    totalUsd: count(cost.total_cost_usd),
    durationMs: count(cost.total_duration_ms),
    apiMs: count(cost.total_api_duration_ms),
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
    size: count(window.context_window_size) || null,
    used,
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
  const [usedPercent, resetsAt] = [count(window.used_percentage), count(window.resets_at)];
  return usedPercent === null || resetsAt === null ? null : { usedPercent, resetsAt };
}

function promptCache(cache: Fields): PromptCache | null {
  const warm = flag(cache.warm);
  if (warm === null) return null;
  return {
    warm,
    expiresAt: count(cache.expires_at),
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
  if (server === undefined) return null;
  const socket = path(server.split(",")[0]);
  return socket !== null && pane !== undefined && /^%\d+$/.test(pane) ? { socket, pane } : null;
}

function profileName(text: string | undefined): string | null {
  if (text === undefined) return null;
  const name = printable(text).trim();
  return name === "" ? null : name.slice(0, 64);
}

// These say which session it is, hold the clock still, pick a program, or where to get one: no configuration.
const NOT_CONFIGURATION = /^STATUSLINE_(NOW|PROFILE|VERSION|BASE_URL)$/;

/** What of the environment, and which flags, configure the program. */
export function overridesIn(
  env: Readonly<Record<string, string | undefined>>,
  flags: readonly string[] = [],
): string[] {
  const overrides: string[] = [];
  for (const name in env) {
    const value = env[name];
    if (value !== undefined && name.startsWith("STATUSLINE_") && !NOT_CONFIGURATION.test(name))
      overrides.push(`${name}=${value}`);
  }
  if (overrides.length > 1) overrides.sort();
  return [...overrides, ...flags];
}
