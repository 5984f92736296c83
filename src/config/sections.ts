import { presets } from "../look/layouts.ts";
import { SEPARATORS } from "../look/look.ts";
import { colors } from "../look/themes.ts";
import { type OptionsOf, OWN_FILES_ONLY, PROJECT_MAY_SET, type TypeBuilder } from "../module.ts";
import { duration } from "./duration.ts";

/**
 * What can be configured besides the modules. Each option has a default and a description.
 */

export const look = (t: TypeBuilder) => ({
  layout: choice(
    t,
    keys(presets),
    "default",
    "a set of lines with the icons and separators that go with it",
    PROJECT_MAY_SET,
  ),
  theme: choice(t, keys(colors), "calm", "the colours", PROJECT_MAY_SET),
  icons: choice(t, ["none", "emoji", "nerd", "ascii"], "none", "what precedes each value", PROJECT_MAY_SET),
  separator: choice(t, SEPARATORS, "bar", "what separates values", PROJECT_MAY_SET),
  charset: choice(
    t,
    ["unicode", "ascii"],
    "unicode",
    "the characters that bars and signs are made of",
    PROJECT_MAY_SET,
  ),
  links: choice(
    t,
    ["auto", "always", "never"],
    "auto",
    "links on names; auto: where the terminal is known to support them",
    PROJECT_MAY_SET,
  ),
  maxLines: t.Integer({
    default: 0,
    minimum: 0,
    maximum: 20,
    description:
      "rows that may be used: what does not fit wraps to the next; 0 for as many as the layout has",
    ...PROJECT_MAY_SET,
  }),
  padding: t.Integer({
    default: 0,
    minimum: 0,
    maximum: 100,
    description: "the `padding` of Claude Code's settings, columns at each side",
    ...PROJECT_MAY_SET,
  }),
});

export const renderer = (t: TypeBuilder) => ({
  colorEnabled: t.Boolean({ default: true, description: "colours, where the terminal supports them" }),
  deduplication: t.Boolean({ default: true, description: "an unchanged frame is not written to disk again" }),
  rateLimitMs: duration(t, {
    default: 100,
    minimum: 0,
    maximum: 10_000,
    description: "within this time of an equal input, with no file changed, the last frame is printed again",
  }),
});

export const broker = (t: TypeBuilder) => ({
  maxCacheSize: t.Integer({
    default: 1000,
    minimum: 10,
    maximum: 100_000,
    description: "cache entries that are kept",
  }),
  evictionPolicy: choice(t, ["LRU", "FIFO"], "LRU", "which go first: least recently used, or first fetched"),
  // Not the hour of other brokers: a session that is open and idle for an hour would leave `runtime-state.yaml`.
  sessionTimeoutMs: duration(t, {
    default: 7 * 86_400_000,
    minimum: 60_000,
    maximum: 3650 * 86_400_000,
    description: "a session that was silent for this long is archived",
  }),
});

export const performance = (t: TypeBuilder) => ({
  maxConcurrentFetches: t.Integer({
    default: 5,
    minimum: 1,
    maximum: 64,
    description: "values fetched at the same time",
  }),
  fetchPoolSize: t.Integer({
    default: 3,
    minimum: 1,
    maximum: 64,
    description: "of these, values of one module; a module's `maxConcurrent` may be lower",
  }),
});

/** A Sentry DSN, `https://KEY@HOST/PROJECT` (https://docs.sentry.io/concepts/key-terms/dsn-explainer/), `off`, or nothing. */
const DSN = "^(off|https?://[^\\s/?#@]+@[^\\s/?#@]+/([^\\s?#]*/)?[0-9]+)?$";

export const reports = (t: TypeBuilder) => ({
  dsn: t.String({
    default: "",
    pattern: DSN,
    description: "where error reports are sent; without it to `SENTRY_DSN`, if that is set; off: never",
    expected: 'https://KEY@HOST/PROJECT, "off" or ""',
    ...OWN_FILES_ONLY,
  }),
  sampleRate: t.Number({
    default: 0.1,
    minimum: 0,
    maximum: 1,
    description: "share of the background refreshes whose timings are sent with them",
    ...OWN_FILES_ONLY,
  }),
});

export type LookOptions = OptionsOf<typeof look>;
export type RendererOptions = OptionsOf<typeof renderer>;
export type BrokerOptions = OptionsOf<typeof broker>;
export type PerformanceOptions = OptionsOf<typeof performance>;
export type ReportsOptions = OptionsOf<typeof reports>;

function choice<const Name extends string>(
  t: TypeBuilder,
  names: readonly Name[],
  byDefault: NoInfer<Name>,
  description: string,
  more: Partial<typeof PROJECT_MAY_SET> = {},
) {
  return t.Union(
    names.map((name) => t.Literal(name)),
    { default: byDefault, description, ...more },
  );
}

const keys = <Name extends string>(table: Readonly<Record<Name, unknown>>) => Object.keys(table) as Name[];
