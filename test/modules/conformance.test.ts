import { afterAll, describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { validate } from "../../src/broker/validate.ts";
import type { Fetched, Form, StatusModule } from "../../src/module.ts";
import { modules } from "../../src/modules/index.ts";
import { parseSession, type Session } from "../../src/session.ts";
import { capture, Sandbox } from "../harness.ts";
import { HOUR, NOW, worldAt } from "./shown.ts";

const share = { own: 12.5, others: 1, since: null, endsAt: NOW + HOUR };
/** What the source of each module may have given. */
const FETCHED: Readonly<Record<string, unknown>> = {
  git: {
    problem: null,
    message: null,
    branch: "main",
    unborn: false,
    upstream: true,
    ahead: 1,
    behind: 0,
    staged: 2,
    unstaged: 0,
    untracked: 3,
    conflicts: 0,
    stash: 0,
  },
  cost: {
    today: share,
    estimated: true,
    block: {
      startsAt: NOW - HOUR,
      endsAt: NOW + HOUR,
      costUsd: 5,
      totalTokens: 100,
      burnRateUsdPerHour: 5,
      tokensPerMinute: 2,
      resetTime: "13:00",
    },
  },
  weekly: { cost: share, tokens: share },
  model: { lastReplyModel: "claude-opus-5-5" },
  time: { minutes: 60, change: { at: NOW + HOUR, minutes: 120 } },
  tmux: { session: "mine", window: "1", pane: "0", width: 150, height: 30 },
};

/** A session of which more is known than of any captured one. */
const sandbox = new Sandbox();
const everything = capture("stdin-02-after-first-reply", {
  workspace: { current_dir: sandbox.repository("r") },
  rate_limits: {
    five_hour: { used_percentage: 23.5, resets_at: (NOW + HOUR) / 1000 },
    seven_day: { used_percentage: 41, resets_at: (NOW + 50 * HOUR) / 1000 },
  },
});
afterAll(() => sandbox.remove());

const text = (form: Form) => form.map((span) => span.text).join("");
const files = readdirSync(`${root}src/modules`).filter((name) => name !== "index.ts");
const sessions: readonly Session[] = [
  ...readdirSync(`${root}test/fixtures/captures`)
    .filter((name) => /^stdin-.*\.json$/.test(name))
    .map((name) => JSON.stringify(capture(name.replace(".json", "")))),
  "{}",
  "null",
  JSON.stringify(everything),
].map((document) => ({
  ...parseSession(document, { TMUX: "/tmp/tmux-0/default,12,0", TMUX_PANE: "%3", TZ: "Europe/Berlin" }),
  profile: { id: "work", label: "Work", owner: true, since: null },
}));

test("the list has each file of the folder once, by its name", () => {
  expect(modules.map(({ moduleId }) => `${moduleId}.ts`).sort()).toEqual(files.sort());
  expect(sessions.length).toBeGreaterThan(6);
});

test("every module with a source has an answer here to be tried with", () => {
  const sourced = modules.filter((module) => module.fetch !== undefined);
  expect(sourced.map(({ moduleId }) => moduleId).sort()).toEqual(Object.keys(FETCHED).sort());
});

describe.each(modules.map((module) => [module.moduleId, module] as const))("%s", (moduleId, module) => {
  const world = worldAt(NOW);
  const answers: Fetched<unknown>[] = [null, "pending", ...(moduleId in FETCHED ? [FETCHED[moduleId]] : [])];

  /** All values that it has for the sessions. */
  async function values(each: StatusModule) {
    const all = await Promise.all(
      sessions.flatMap((session) => answers.map((answer) => each.read(session, world, answer))),
    );
    return all.filter((data) => data !== null);
  }

  test("says what it is", () => {
    expect(moduleId).toMatch(/^[a-z]+$/);
    expect(module.description).toMatch(/^\S.{5,}[^.]$/);
  });

  test("a source has a schema, which its answer fits", () => {
    expect(module.schema === undefined).toBe(module.fetch === undefined);
    for (const session of sessions.slice(0, module.fetch === undefined ? 0 : 1)) {
      const answer = FETCHED[moduleId];
      expect(validate(module, answer, session)).toMatchObject({ valid: true, errors: [], sanitized: answer });
    }
  });

  test("a source is asked in order of its times, and its timeout is less than its interval", () => {
    const { refreshInterval, cacheTTL, stalenessThreshold, timeout, maxRetries, retryBackoff } =
      module.config;
    expect(stalenessThreshold).toBeGreaterThan(0);
    if (module.fetch === undefined) return;
    expect([refreshInterval, cacheTTL, stalenessThreshold].toSorted((a, b) => a - b)).toEqual([
      refreshInterval,
      cacheTTL,
      stalenessThreshold,
    ]);
    expect(timeout).toBeLessThan(refreshInterval);
    expect(maxRetries === 0 || retryBackoff > 0).toBe(true);
  });

  test("its key begins with its name, and is the same each time", async () => {
    for (const session of sessions) {
      const key = await module.key(session, world);
      if (key !== null) expect(key).toStartWith(`${moduleId}:`);
      expect(await module.key({ ...session }, world)).toBe(key);
    }
  });

  test("a value has forms, from long to short, none of them empty", async () => {
    for (const data of await values(module)) {
      const forms = Array.from(module.format(data), text);
      expect(forms.length).toBeGreaterThan(0);
      expect(forms.filter((form) => form.trim() === "")).toEqual([]);
      const widths = forms.map((form) => Bun.stringWidth(form));
      expect(widths).toEqual(widths.toSorted((a, b) => b - a));
      expect(forms.join(" ")).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
    }
  });

  test("has a value for some of the sessions", async () => {
    expect((await values(module)).length).toBeGreaterThan(0);
  });
});
