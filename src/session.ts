/** One session, as Claude Code describes it on stdin. Whatever is missing or of a wrong type is null. */
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
  /** Milliseconds since the session began, and those of them spent waiting for the API; they grow with every document. */
  readonly durations: { readonly totalMs: number | null; readonly apiMs: number | null };
  /** Sums since the session began: US dollars, lines of code. */
  readonly cost: {
    readonly totalUsd: number | null;
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
  /**
   * When these limits last changed, epoch ms: not from stdin, see `withLimitsAt`. 0: before the session's first document;
   * "none": the session works and reports none; "former": they are those of a login that has been changed since; null: it
   * has not reported any yet.
   */
  readonly limitsAt: number | "none" | "former" | null;
  /** What it had cost (US dollars) when it first rendered (epoch ms); null until it is drawn. */
  readonly firstSeen: { readonly at: number; readonly usd: number } | null;
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
  /** The account that it belongs to; null until that is known. */
  readonly profile: SessionProfile | null;
  /** The whole document, where a command of the person's own wants it. */
  readonly document: string | null;
  /** What is doubtful in the document; see `cleanSession`. */
  readonly warnings: readonly string[];
}

/** One of a subscriber's rate-limit windows. */
export interface Limit {
  readonly usedPercent: number;
  /** Epoch SECONDS, as the client sends it; null: unknown. */
  readonly resetsAt: number | null;
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

/** The account that a session belongs to. */
export interface SessionProfile {
  readonly id: string;
  /** The account's label. */
  readonly name: string;
  /** The same if there is more than one account, else null. */
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
  /** Tokens of the last reply itself, which go into the window with the next message. */
  readonly output: number | null;
  /** 0 to 100: the client's own rounded figure, or computed where that does not fit the tokens. */
  readonly usedPercent: number | null;
}
