import type { JavaScriptTypeBuilder, TSchema } from "@sinclair/typebox";
import type { Session } from "./session.ts";
import type { World } from "./world.ts";

/** What a piece of text means; the theme decides what that looks like. */
export type Tone = "plain" | "strong" | "muted" | "accent" | "branch" | "good" | "warn" | "bad" | "track";

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One way to write a module's value. */
export type Form = readonly Span[];

/** Times in milliseconds. */
export interface ModuleConfig {
  /** A cached value older than this is fetched anew, behind. */
  readonly refreshInterval: number;
  /** A cached value older than this is past its best: it is shown muted. */
  readonly cacheTTL: number;
  /** A cached value older than this is shown with 🔴. */
  readonly stalenessThreshold: number;
  /** How long one fetch may take; its process and its lock live no longer. */
  readonly timeout: number;
  /** Failed fetches in a row that are tried again after `retryBackoff` instead of `refreshInterval`. */
  readonly maxRetries: number;
  /** Wait before the first retry; it doubles with each. */
  readonly retryBackoff: number;
}

/** For a module whose value is read anew in each run and cached nowhere. */
export const EACH_RUN: ModuleConfig = {
  refreshInterval: 0,
  cacheTTL: 0,
  stalenessThreshold: 60_000,
  timeout: 100,
  maxRetries: 0,
  retryBackoff: 0,
};

/** What `validate` found: only a valid value is stored; warnings go to the log. */
export interface Validation<Data> {
  readonly valid: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly sanitized: Data;
}

/** The builder that a schema is made with; a parameter, so that the render path does not load TypeBox. */
export type TypeBuilder = JavaScriptTypeBuilder;

/** What `read` is given of the cache: a value, `pending` before the first fetch, null when the source failed. */
export type Fetched<Cached> = Cached | "pending" | null;

/**
 * One part of the status line: one source of data, no dependency on another module.
 *
 * A value is made in two steps. `fetch`, where there is one, is the slow source: the refresher runs it, and
 * its result is cached under `key` for every session that shares it. `read` makes the value of this render
 * from the session, the clock and the cached result; it must be quick and must not show what is over.
 */
export interface StatusModule<Data = unknown, Cached = unknown> {
  /** File name, configuration key, cache prefix. */
  readonly moduleId: string;
  readonly description: string;
  readonly config: ModuleConfig;
  /** TypeBox type of the cached value. */
  schema?(t: TypeBuilder): TSchema;
  /** Everything that the cached value depends on; null when this session has no such thing. */
  key(session: Session, world: World): string | null | Promise<string | null>;
  /** Gets the cached value; `before` is the one it replaces. @throws when the source cannot be asked or its answer cannot be read. */
  fetch?(session: Session, world: World, signal: AbortSignal, before: Cached | null): Promise<Cached>;
  /** Cross-checks of a value that has the right type; each line is a warning. */
  crossCheck?(cached: Cached, session: Session): string[];
  /** Latest time (epoch ms) at which something changed that the cached value depends on, if that is known. */
  changedAt?(session: Session, world: World): number | null | Promise<number | null>;
  /** The value now, or null when there is nothing to show. */
  read(session: Session, world: World, fetched: Fetched<Cached>): Data | null | Promise<Data | null>;
  /** Ways to write the value, from long to short; a generator makes only those that are asked for. */
  format(data: Data): Iterable<Form>;
}
