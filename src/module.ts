import type { JavaScriptTypeBuilder, Static, TObject, TProperties, TSchema } from "@sinclair/typebox";
import type { Session } from "./session.ts";
import type { World } from "./world.ts";

/** What a piece of text means; the theme decides what that looks like. */
export type Tone = "plain" | "strong" | "muted" | "accent" | "branch" | "good" | "warn" | "bad" | "track";

/** A piece of text; `link` gives the address that it leads to, and is asked only where the terminal knows links. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
  readonly link?: () => string | null;
}

/** A share (0 to 1) as a bar of `cells` columns. */
export interface Bar {
  readonly bar: number;
  readonly cells: number;
  readonly tone: Tone;
}

/** Amounts side by side, each as a column as high as its part of the largest. */
export interface Sparkline {
  readonly spark: readonly number[];
  readonly tone: Tone;
}

/** One way to write a module's value. */
export type Form = readonly (Span | Bar | Sparkline)[];

/** How often a module's value is fetched or read, and how old it may be. Times in milliseconds. */
export interface ModuleConfig {
  /** A cached value older than this is fetched again in the background; a part that needs no fetch is read again. */
  readonly refreshInterval: number;
  /** A cached value older than this is dimmed; a part that needs no fetch is read again. */
  readonly cacheTTL: number;
  /** A value older than this is marked 🔴; one that needs no fetch can only be that old in a frame that is replayed. */
  readonly stalenessThreshold: number;
  /** How long one fetch may take, its process and lock included; a slower read is logged. */
  readonly timeout: number;
  /** Failed fetches in a row that are retried after `retryBackoff` instead of `refreshInterval`. */
  readonly maxRetries: number;
  /** Wait before the first retry; it doubles with each. A part that cannot be read is read again after it. */
  readonly retryBackoff: number;
  /** Fetches of this module that may run at the same time, for different repositories or sessions. */
  readonly maxConcurrent: number;
}

/** The times of a module that fetches nothing. */
export const LIVE: ModuleConfig = {
  refreshInterval: 60_000,
  cacheTTL: 60_000,
  stalenessThreshold: 60_000,
  timeout: 100,
  maxRetries: 0,
  retryBackoff: 1000,
  maxConcurrent: 1,
};

/** A module's part of the configuration: `enabled`, how its source is asked if it has one, and its own options. */
export type ModuleSettings = { readonly enabled: boolean } & ModuleConfig;

/** What `validate` found: only a valid value is stored; warnings go to the log, and to the session's health. */
export interface Validation<Data> {
  readonly valid: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** The value that is stored. */
  readonly sanitized: Data;
}

/** The builder that a schema is made with; a parameter, so that the render path does not load TypeBox. */
export type TypeBuilder = JavaScriptTypeBuilder;

/**
 * Of an option: a project's own file may set it, since it changes only how things look. Without this a project's value is
 * refused.
 */
export const PROJECT_MAY_SET = { projectMaySet: true } as const;

/**
 * Of an option: only a person's own files may set it. A project's Claude Code settings can set variables and flags, which must
 * not be a way to run something, or to send something elsewhere.
 */
export const OWN_FILES_ONLY = { ownFilesOnly: true } as const;

/** The options that a module's `options` describes. */
export type OptionsOf<Make extends (t: TypeBuilder) => TProperties> = Static<TObject<ReturnType<Make>>>;

/** What `read` is given of the cache: a value, `pending` before the first fetch, null when the source failed. */
export type Fetched<Cached> = Cached | "pending" | null;

/** What a fetch is given. */
export interface Asking<Cached = unknown, Options = unknown> {
  readonly session: Session;
  /** The active sessions that share the value, `session` among them. */
  readonly sessions: readonly Session[];
  readonly world: World;
  readonly signal: AbortSignal;
  readonly settings: ModuleSettings & Options;
  /** The value that is to be replaced. */
  readonly before: Cached | null;
}

/** Any module, for whatever serves all of them: see `define-module.ts` for what one must have. */
export interface StatusModule<Data = unknown, Cached = unknown, Options = unknown> {
  readonly moduleId: string;
  readonly description: string;
  readonly icons: readonly [emoji: string, nerd: string, ascii: string];
  readonly uses: readonly (keyof Session)[];
  /** `LIVE` for a module that has no times of its own. */
  readonly config?: ModuleConfig;
  readonly source?: ModuleConfig;
  readonly cachedBy?: string;
  readonly patience?: number;
  options?(t: TypeBuilder): TProperties;
  schema?(t: TypeBuilder): TSchema;
  key?(session: Session, world: World, settings: Options): string | null;
  fetch?(asking: Asking<Cached, Options>): Promise<Cached>;
  validate?(cached: Cached, session: Session): Validation<Cached>;
  changedAt?(session: Session, world: World): number | null;
  read(session: Session, world: World, fetched: Fetched<Cached>, settings: Options): Data | null;
  until?(data: Data, now: number): number;
  format(data: Data, settings: Options): readonly Form[];
}
