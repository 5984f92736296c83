import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseSession, type Session } from "../src/session.ts";
import { capture } from "./harness.ts";

const parse = (document: unknown, env: Record<string, string> = {}): Session =>
  parseSession(JSON.stringify(document), env);

const first = "stdin-02-after-first-reply";

describe("captures of a real client", () => {
  test("after the first reply", () => {
    expect(parse(capture(first), { TZ: "Europe/Berlin" })).toEqual({
      sessionId: "e29dd9e2-cacc-42c3-9903-3ee3c7108021",
      sessionName: null,
      transcriptPath:
        "/home/user/.claude/projects/-home-user-proj/e29dd9e2-cacc-42c3-9903-3ee3c7108021.jsonl",
      cwd: "/home/user/proj",
      projectDir: "/home/user/proj",
      model: { id: "claude-opus-5-5", displayName: "Opus 5.5" },
      timeZone: "Europe/Berlin",
      tmux: null,
      cost: { totalUsd: 0.017099999999999997, durationMs: 2564 },
      context: { size: 1_000_000, used: 15 + 2400 + 20_700, usedPercent: 2 },
      limits: { fiveHour: null, sevenDay: null },
      profileHint: null,
      profile: null,
    });
  });

  test.each([
    "stdin-01-before-first-message",
    "stdin-05-after-compact",
    "stdin-07-after-clear",
  ])("%s: the window's size is known, its use is not", (name) => {
    expect(parse(capture(name)).context).toEqual({ size: 1_000_000, used: null, usedPercent: null });
  });

  test.each([
    ["stdin-05-after-compact", "my-session"],
    ["stdin-01-before-first-message", null],
  ])("%s: session name %j", (name, sessionName) => {
    expect(parse(capture(name)).sessionName).toBe(sessionName);
  });

  test("in a worktree, its own folder counts", () => {
    expect(parse(capture("stdin-worktree")).cwd).toBe("/home/user/proj/.claude/worktrees/feat-x");
    expect(parse(capture("stdin-linked-worktree")).cwd).toBe("/home/user/wt1");
  });

  test("of another kind has what it has", () => {
    const session = parse(capture("stdin-subagentStatusLine"));
    expect(session.sessionId).toBe("1d2926a0-12b0-4894-8d6b-0a1ace5dac2c");
    expect(session.cwd).toBe("/home/user/proj");
    expect(session.context).toBeNull();
    expect(session.model).toEqual({ id: null, displayName: null });
  });
});

describe("any document", () => {
  const nothing = parse({});

  test("that is JSON gives a session", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Object.keys(parse(value))).toEqual(Object.keys(nothing));
      }),
    );
  });

  test("with any value in any known field gives a session of the right types", () => {
    const keys = Object.keys(capture(first));
    const record = fc.dictionary(fc.constantFrom(...keys, "rate_limits", "five_hour"), fc.jsonValue());
    fc.assert(
      fc.property(
        record,
        fc.constantFrom("workspace", "model", "cost", "context_window"),
        fc.jsonValue(),
        (fields, name, value) => {
          const session = parse({ ...capture(first), ...fields, [name]: value });
          for (const text of [session.sessionId, session.cwd, session.projectDir, session.model.id]) {
            expect(text === null || typeof text === "string").toBe(true);
          }
          for (const count of [
            session.cost.totalUsd,
            session.cost.durationMs,
            session.context?.used ?? null,
          ]) {
            expect(count === null || count >= 0).toBe(true);
          }
        },
      ),
    );
  });

  test.each(["null", "[]", "7", '"text"', "true"])("%s knows nothing", (text) => {
    expect(parseSession(text)).toEqual(nothing);
    expect(nothing.sessionId).toBeNull();
    expect(nothing.context).toBeNull();
  });

  test.each(["", "{", "undefined", '{"a":1}x'])("that is not JSON throws: %j", (text) => {
    expect(() => parseSession(text)).toThrow(SyntaxError);
  });
});

describe("ids and paths from outside", () => {
  test.each([
    "../../etc/passwd",
    "..",
    ".x",
    "a/b",
    "a\\b",
    "a\0",
    "",
    "x".repeat(129),
    7,
    null,
    {},
  ])("session id %j is none", (session_id) => {
    expect(parse(capture(first, { session_id })).sessionId).toBeNull();
  });

  test.each([
    "proj",
    "./proj",
    "../proj",
    "~/proj",
    "",
    "/a\0b",
    "C:proj",
    7,
    null,
    { path: "/a" },
  ])("path %j is none", (path) => {
    const session = parse({
      transcript_path: path,
      cwd: path,
      workspace: { current_dir: path, project_dir: path },
    });
    expect([session.transcriptPath, session.cwd, session.projectDir]).toEqual([null, null, null]);
  });

  test.each(["/", "/a b/ü", "C:\\Users\\me", "c:/Users/me"])("path %j is one", (path) => {
    expect(parse({ transcript_path: path }).transcriptPath).toBe(path);
  });

  test.each([
    [
      "the workspace's folder goes before the old field",
      { cwd: "/old", workspace: { current_dir: "/new" } },
      "/new",
      "/new",
    ],
    ["the old field is enough", { cwd: "/old" }, "/old", "/old"],
    [
      "a bad folder gives way to a good one",
      { cwd: "/old", workspace: { current_dir: "x" } },
      "/old",
      "/old",
    ],
    [
      "the project may be another folder",
      { workspace: { current_dir: "/p/a", project_dir: "/p" } },
      "/p/a",
      "/p",
    ],
  ])("%s", (_, document, cwd, projectDir) => {
    expect(parse(document)).toMatchObject({ cwd, projectDir });
  });
});

describe("the context window", () => {
  test.each([
    ["is null where the client is too old to send it", {}, null],
    ["that is null knows nothing", { context_window: null }, { size: null, used: null, usedPercent: null }],
    [
      "of size 0 has no size",
      { context_window: { context_window_size: 0 } },
      { size: null, used: null, usedPercent: null },
    ],
    [
      "does not count output",
      { context_window: { current_usage: { input_tokens: 5, output_tokens: 100 } } },
      { size: null, used: 5, usedPercent: null },
    ],
    [
      "that is empty is used by 0, not by an unknown number",
      { context_window: { current_usage: { input_tokens: 0 }, used_percentage: 0 } },
      { size: null, used: 0, usedPercent: 0 },
    ],
    [
      "leaves out what is no count",
      {
        context_window: {
          context_window_size: -1,
          used_percentage: "2",
          current_usage: { input_tokens: "5", cache_read_input_tokens: 7 },
        },
      },
      { size: null, used: 7, usedPercent: null },
    ],
  ])("%s", (_, document, context) => {
    expect(parse(document).context).toEqual(context);
  });
});

describe("rate limits", () => {
  test.each([
    [
      "both windows",
      {
        five_hour: { used_percentage: 23.5, resets_at: 1_800_000_000 },
        seven_day: { used_percentage: 0, resets_at: 1_800_500_000 },
      },
      { usedPercent: 23.5, resetsAt: 1_800_000_000 },
      { usedPercent: 0, resetsAt: 1_800_500_000 },
    ],
    [
      "only one",
      { seven_day: { used_percentage: 41, resets_at: 1_800_500_000 } },
      null,
      { usedPercent: 41, resetsAt: 1_800_500_000 },
    ],
    ["one without its end is none", { five_hour: { used_percentage: 1 }, seven_day: null }, null, null],
    ["one without its use is none", { five_hour: { resets_at: 1_800_000_000 } }, null, null],
    ["one of wrong types is none", { five_hour: { used_percentage: "1", resets_at: "soon" } }, null, null],
    ["a list is none", [], null, null],
    ["null is none", null, null, null],
  ])("%s", (_, rate_limits, fiveHour, sevenDay) => {
    expect(parse({ rate_limits }).limits).toEqual({ fiveHour, sevenDay });
  });
});

describe("the session's environment", () => {
  test.each([
    ["work", "work"],
    ["  work ", "work"],
    ["\x1b[31mwo\nrk\x1b[0m", "work"],
    ["", null],
    [" \t", null],
    ["x".repeat(100), "x".repeat(64)],
  ])("STATUSLINE_PROFILE %j names %j", (STATUSLINE_PROFILE, hint) => {
    expect(parse({}, { STATUSLINE_PROFILE }).profileHint).toBe(hint);
  });

  test("stdin cannot name the profile or the zone", () => {
    const session = parse({
      profileHint: "a",
      profile: { id: "a" },
      timeZone: "a",
      STATUSLINE_PROFILE: "a",
      TZ: "a",
    });
    expect(session).toMatchObject({ profileHint: null, profile: null, timeZone: "" });
  });

  test.each([
    ["/tmp/tmux-0/default,12,0", "%3", { socket: "/tmp/tmux-0/default", pane: "%3" }],
    ["/tmp/tmux-0/default,12,0", undefined, null],
    ["/tmp/tmux-0/default,12,0", "3; reboot", null],
    ["relative,12,0", "%3", null],
    [undefined, "%3", null],
  ])("TMUX %p with pane %p is %p", (TMUX, TMUX_PANE, tmux) => {
    expect(parseSession("{}", { TMUX, TMUX_PANE }).tmux).toEqual(tmux);
  });
});
