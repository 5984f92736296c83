import { number } from "../lib/fields.ts";
import type { Env } from "../world.ts";
import { modelNameOf } from "./model-name.ts";

/** What Claude Code's settings say about compaction. */
export interface CompactionSettings {
  readonly enabled: boolean;
  /** Tokens; null: the model's own window. */
  readonly window: number | null;
}

export const DEFAULT_COMPACTION: CompactionSettings = { enabled: true, window: null };

// All figures were read in Claude Code 2.1.332, and seen with the client against an API that reports a chosen use.
/** It keeps this much of the window for a reply, or the most that a reply may have where that is less. */
const REPLY_RESERVE = 20_000;
/** It compacts this much before that. */
const SUMMARY_BUFFER = 13_000;
/** A smaller window for compaction is not applied. */
export const LEAST_WINDOW = 100_000;

/**
 * Tokens at which the client compacts by itself, or null when it does not: switched off, or a model whose use it does
 * not compare with a threshold.
 * @param size of the context window, tokens
 */
export function compactionLimit(
  size: number,
  model: string | null,
  settings: CompactionSettings,
  env: Env,
): number | null {
  if (!settings.enabled || isYes(env.DISABLE_COMPACT) || isYes(env.DISABLE_AUTO_COMPACT)) return null;
  const configured = windowOf(env.CLAUDE_CODE_AUTO_COMPACT_WINDOW) ?? settings.window;
  if (configured === null && !isCompared(model, size)) return null;
  const reply = Number.parseFloat(env.CLAUDE_CODE_MAX_OUTPUT_TOKENS ?? "");
  const window =
    Math.min(size, configured ?? size) - (reply > 0 ? Math.min(reply, REPLY_RESERVE) : REPLY_RESERVE);
  const limit = window - SUMMARY_BUFFER;
  if (limit <= 0) return null;
  const percent = Number.parseFloat(env.CLAUDE_AUTOCOMPACT_PCT_OVERRIDE ?? "");
  return percent > 0 && percent <= 100 ? Math.min(Math.floor((window * percent) / 100), limit) : limit;
}

/** A window as the variable gives it: `600000`, `600k`, `1m`; less than the least is the least. Null for anything else. */
function windowOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const trimmed = text.trim();
  const unit = { k: 1000, m: 1_000_000 }[trimmed.slice(-1).toLowerCase()];
  const tokens = unit === undefined ? number(trimmed) : Number.parseFloat(trimmed) * unit;
  if (tokens === null || !(tokens >= 1) || tokens === Infinity) return null;
  return tokens < LEAST_WINDOW ? LEAST_WINDOW : tokens;
}

/**
 * Whether the client compares the use with a threshold when no window is set. It does for models that have a million
 * tokens by themselves, for those of 4.6 without `[1m]`, and for models that it does not know; not for older ones.
 */
function isCompared(model: string | null, size: number): boolean {
  // Most often it is a later model; parsing the name would cost a start 100 µs.
  if (model === null || !(model.includes("-4") || model.includes("-3"))) return true;
  const name = modelNameOf(model);
  if (name === null) return true;
  const { major, minor } = name;
  if (major === 4 && minor === 6) return size < 1_000_000;
  return major > 4 || (major === 4 && minor > 6);
}

/** The client trims and ignores case. */
function isYes(text: string | undefined): boolean {
  return text !== undefined && /^\s*(1|true|yes|on)\s*$/i.test(text);
}
