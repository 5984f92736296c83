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
  /** US dollars and milliseconds since the session began. */
  readonly cost: { readonly totalUsd: number | null; readonly durationMs: number | null };
  /** null when the client is too old to send it. */
  readonly context: ContextWindow | null;
  readonly limits: { readonly fiveHour: Limit | null; readonly sevenDay: Limit | null };
  /** The tmux pane that it runs in, with the server's socket. */
  readonly tmux: { readonly socket: string; readonly pane: string } | null;
  /** `STATUSLINE_PROFILE`: the account that the person names for this session. */
  readonly profileHint: string | null;
  /** The account it belongs to; null until that is told. */
  readonly profile: SessionProfile | null;
}

/** One of a subscriber's rate-limit windows. */
export interface Limit {
  readonly usedPercent: number;
  /** Epoch SECONDS, as the client sends it. */
  readonly resetsAt: number;
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
 * @param env the session's environment, of which `TZ`, `TMUX`, `TMUX_PANE` and `STATUSLINE_PROFILE` count
 * @throws SyntaxError when `text` is not JSON.
 */
export function parseSession(text: string, env: Readonly<Record<string, string | undefined>> = {}): Session {
  const root = record(JSON.parse(text));
  const workspace = record(root.workspace);
  const model = record(root.model);
  const cost = record(root.cost);
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
    cost: { totalUsd: count(cost.total_cost_usd), durationMs: count(cost.total_duration_ms) },
    context: root.context_window === undefined ? null : contextWindow(record(root.context_window)),
    limits: { fiveHour: limit(root, "five_hour"), sevenDay: limit(root, "seven_day") },
    tmux: tmuxPane(env.TMUX, env.TMUX_PANE),
    profileHint: profileName(env.STATUSLINE_PROFILE),
    profile: null,
  };
}

function contextWindow(window: Fields): ContextWindow {
  const usage = record(window.current_usage);
  const parts = [usage.input_tokens, usage.cache_creation_input_tokens, usage.cache_read_input_tokens];
  const known = parts.map(count).filter((part) => part !== null);
  const percent = count(window.used_percentage);
  return {
    size: count(window.context_window_size) || null,
    used: known.length > 0 ? known.reduce((sum, part) => sum + part, 0) : null,
    usedPercent: percent,
  };
}

function limit(root: Fields, name: string): Limit | null {
  const window = record(record(root.rate_limits)[name]);
  const [usedPercent, resetsAt] = [count(window.used_percentage), count(window.resets_at)];
  return usedPercent === null || resetsAt === null ? null : { usedPercent, resetsAt };
}

/** tmux puts `SOCKET,PID,SESSION` into TMUX and `%N` into TMUX_PANE (tmux(1)). */
function tmuxPane(server: string | undefined, pane: string | undefined): Session["tmux"] {
  const socket = path(server?.split(",")[0]);
  return socket !== null && pane !== undefined && /^%\d+$/.test(pane) ? { socket, pane } : null;
}

function profileName(text: string | undefined): string | null {
  const name = printable(text ?? "").trim();
  return name === "" ? null : name.slice(0, 64);
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function string(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** An absolute path; anything else could mean another folder in each process that reads it. */
function path(value: unknown): string | null {
  const text = string(value);
  if (text === null || !/^(\/|[A-Za-z]:[\\/])/.test(text) || text.includes("\0")) return null;
  return text.replace(/(?<=[^/:])[/\\]+$/, "");
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}
