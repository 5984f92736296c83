import { afterAll, describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { root } from "../../build/compile.ts";
import { width } from "../../src/lib/text.ts";
import { type Fetched, type Form, LIVE, type ModuleSettings } from "../../src/module.ts";
import { modules } from "../../src/modules/all.ts";
import { parseSession } from "../../src/parse-session.ts";
import { documents, NOW, samples, workingDay } from "../../src/preview/sessions.ts";
import { validate } from "../../src/refresher/fetch.ts";
import { draw } from "../../src/render/glyphs.ts";
import { plainText } from "../../src/render/style.ts";
import type { Session } from "../../src/session.ts";
import { capture, Sandbox } from "../harness.ts";
import { HOUR, settingsFor, worldAt } from "./shown.ts";

/** A session of which more is known than of any captured one. */
const sandbox = new Sandbox();
const everything = capture("stdin-02-after-first-reply", {
  session_name: "my-session",
  workspace: {
    current_dir: sandbox.repository("r"),
    repo: { host: "github.com", owner: "acme", name: "widgets" },
  },
  cost: workingDay.cost,
  rate_limits: {
    five_hour: { used_percentage: 23.5, resets_at: (NOW + HOUR) / 1000 },
    seven_day: { used_percentage: 41, resets_at: (NOW + 50 * HOUR) / 1000 },
    spend_limit: {
      used_percentage: 120,
      resets_at: (NOW + 200 * HOUR) / 1000,
      used_usd: 240,
      limit_usd: 200,
    },
  },
  prompt_cache: {
    warm: true,
    expires_at: NOW / 1000 + 150,
    hit_ratio: 0.9,
    misses: 2,
    last_miss_cause: "tools_changed",
  },
  pr: { number: 12, url: "https://github.com/acme/widgets/pull/12", review_state: "changes_requested" },
  worktree: { name: "feat-x", original_branch: "main" },
  agent: { name: "reviewer" },
  vim: { mode: "INSERT" },
  output_style: { name: "Explanatory" },
  fast_mode: true,
});
afterAll(() => sandbox.remove());

const sessionOf = (document: string): Session => ({
  ...parseSession(document, { TMUX: "/tmp/tmux-0/default,12,0", TMUX_PANE: "%3", TZ: "Europe/Berlin" }),
  profile: { id: "work", name: "Account", label: "Work", owner: true, since: null },
});
const captures = readdirSync(`${root}test/fixtures/captures`).filter((name) => /^stdin-.*\.json$/.test(name));
const known = sessionOf(JSON.stringify(everything));
const sessions: readonly Session[] = [
  known,
  ...captures.map((name) => sessionOf(JSON.stringify(capture(name.replace(".json", ""))))),
  ...Object.values(documents).map((document) => sessionOf(JSON.stringify(document))),
  sessionOf("{}"),
  sessionOf("null"),
];

/** Options without which a module has nothing to show. */
const NEEDED: Readonly<Record<string, object>> = { command: { run: "x" } };

const files = readdirSync(`${root}src/modules`).filter((name) => !/^(all|registry|shapes)\.ts$/.test(name));
const world = worldAt(NOW);

test("the list has each file of the folder once, by its name", () => {
  expect(modules.map(({ moduleId }) => `${moduleId}.ts`).sort()).toEqual(files.sort());
  expect(sessions.length).toBeGreaterThan(10);
});

test("every module with a source has a sample of its answer", () => {
  const sourced = modules.filter((module) => module.fetch !== undefined);
  expect(sourced.map(({ moduleId }) => moduleId).sort()).toEqual(Object.keys(samples).sort());
});

test.each(["emoji", "nerd", "ascii"])("no two modules have the same icon of the set %s", (set) => {
  const column = ["emoji", "nerd", "ascii"].indexOf(set);
  const icons = modules.map(({ icons }) => icons[column]).filter((icon) => icon !== "");
  expect(icons.filter((icon, n) => icons.indexOf(icon) !== n)).toEqual([]);
});

describe.each(modules.map((module) => [module.moduleId, module] as const))("%s", (moduleId, module) => {
  const source = modules.find((each) => each.moduleId === (module.cachedBy ?? moduleId));
  const options = Object.entries(module.options?.(Type) ?? {});
  const settings = settingsFor(module, NEEDED[moduleId]);
  const sample = samples[source?.moduleId ?? ""] ?? null;
  const answers: readonly Fetched<unknown>[] = sample === null ? [null] : [null, "pending", sample];

  /** With each figure among its options at its least, or at its greatest. */
  const extreme = (bound: "minimum" | "maximum"): ModuleSettings => {
    const figures = options.filter(([, schema]) => bound in schema);
    return { ...settings, ...Object.fromEntries(figures.map(([name, schema]) => [name, schema[bound]])) };
  };

  /** The forms of all values that it has for the sessions. */
  function formsOfAll(): (readonly Form[])[] {
    const all = [settings, extreme("minimum"), extreme("maximum")].flatMap((own) =>
      sessions.flatMap((session) =>
        answers.map((answer) => {
          const data = module.read(session, world, answer, own);
          return data === null ? null : module.format(data, own);
        }),
      ),
    );
    return all.filter((forms) => forms !== null);
  }

  test("says what it is", () => {
    expect(moduleId).toMatch(/^[a-z]+$/);
    expect(module.description).toMatch(/^\S.{5,}[^.]$/);
  });

  test("has an emoji, a glyph of the private use area, and a word or nothing", () => {
    const [emoji, nerd, ascii] = module.icons;
    expect(emoji).toMatch(/^\p{Emoji_Presentation}$|^\p{Extended_Pictographic}$/u);
    expect([1, 2]).toContain(width(emoji));
    expect(nerd).toMatch(/^[\ue000-\uf8ff]$/);
    expect(ascii).toMatch(/^[!-~]*$/);
  });

  test("its options have a default that fits and a description, and are none of a source's", () => {
    for (const [name, schema] of options) {
      expect(Value.Check(schema, schema.default)).toBe(true);
      expect(schema.description).toMatch(/^\S.{5,}[^.]$/);
      expect(settingsFor(module)).toHaveProperty(name, schema.default);
    }
    const taken = ["enabled", ...Object.keys(source?.config ?? {})];
    expect(options.filter(([name]) => taken.includes(name))).toEqual([]);
  });

  test("looks at nothing in a session but what it says that it uses", () => {
    const seen = new Set<string>();
    for (const session of sessions) {
      const watched = new Proxy(session, {
        get(target, name) {
          seen.add(String(name));
          return Reflect.get(target, name);
        },
      });
      module.key?.(watched, world, settings);
      module.changedAt?.(watched, world);
      for (const answer of answers) {
        const data = module.read(watched, world, answer, settings);
        if (data === null) continue;
        module.until?.(data, NOW);
        for (const form of module.format(data, settings))
          for (const part of form) if ("link" in part) part.link?.();
      }
    }
    expect([...seen].sort()).toEqual([...module.uses].sort());
  });

  test("a value has forms, from long to short, none of them empty", () => {
    for (const forms of formsOfAll()) {
      const texts = forms.map((form) => plainText(draw(form, "unicode")));
      expect(texts.length).toBeGreaterThan(0);
      expect(texts.filter((text) => text.trim() === "")).toEqual([]);
      const widths = texts.map(width);
      expect(widths).toEqual(widths.toSorted((a, b) => b - a));
      expect(texts.join(" ")).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
    }
  });

  test("in ASCII it writes nothing beyond, but for what it is told", () => {
    const told = typeof sample === "string" ? sample : "";
    for (const forms of formsOfAll()) {
      const texts = forms.map((form) => plainText(draw(form, "ascii")));
      expect(texts.join("").replaceAll(told, "")).toMatch(/^[ -~]*$/);
    }
  });

  test("has a value of a session of which everything is known, and none where nothing is", () => {
    // Where the client reports limits its own 5-hour window is shown, not ccusage's block.
    const { limits } = parseSession("{}");
    const session = moduleId === "block" ? { ...known, limits } : known;
    expect(module.read(session, world, sample, settings)).not.toBeNull();
    expect(module.read(parseSession("{}"), world, null, settings)).toBeNull();
  });
});

const sourced = modules.filter(({ fetch }) => fetch !== undefined);
const keyed = modules.filter(({ key }) => key !== undefined);
const timed = modules.filter(({ config }) => config !== undefined);

test("there are modules of each kind", () => {
  const live = modules.filter(({ key }) => key === undefined);
  const counts = [live, sourced, keyed, timed].map(({ length }) => length);
  expect(counts.every((count) => count >= 7)).toBe(true);
  expect(live.length + keyed.length).toBe(modules.length);
});

test.each(
  sourced.map((module) => [module.moduleId, module] as const),
)("what %s fetches fits", (id, module) => {
  const sample = samples[id];
  expect(sample).toBeDefined();
  const sound = { valid: true, errors: [], warnings: [], sanitized: sample };
  expect(validate(module, sample, known)).toEqual(sound);
});

test.each(
  timed.map((module) => [module.moduleId, module.config ?? LIVE] as const),
)("the times of %s are in order, and its timeout is less than its interval", (_, {
  refreshInterval,
  cacheTTL,
  stalenessThreshold,
  timeout,
  maxRetries,
  retryBackoff,
}) => {
  const times = [timeout, refreshInterval, cacheTTL, stalenessThreshold];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(timeout).toBeLessThan(refreshInterval);
  expect(maxRetries === 0 || retryBackoff > 0).toBe(true);
});

test.each(
  keyed.map((module) => [module.moduleId, module] as const),
)("the key of %s is its source's, begins with that one's name, and is the same each time", (moduleId, module) => {
  const source = modules.find((each) => each.moduleId === (module.cachedBy ?? moduleId));
  if (source?.key === undefined || module.key === undefined) throw new Error("has no source");
  const settings = settingsFor(module, NEEDED[moduleId]);
  const own = module.cachedBy === undefined ? settings : settingsFor(source);
  const keys = sessions.map((session) => [session, module.key?.(session, world, settings) ?? null] as const);
  expect(keys.some(([, key]) => key !== null)).toBe(true);
  for (const [session, key] of keys) {
    if (key !== null) expect(key).toStartWith(`${source.moduleId}:`);
    expect(module.key({ ...session }, world, settings)).toBe(key);
    expect(source.key(session, world, own)).toBe(key);
  }
});
