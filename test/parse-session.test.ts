import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseSession } from "../src/parse-session.ts";
import type { Session } from "../src/session.ts";
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
      durations: { totalMs: 2564, apiMs: 207 },
      cost: {
        totalUsd: 0.017099999999999997,
        linesAdded: 0,
        linesRemoved: 0,
      },
      context: { size: 1_000_000, used: 15 + 2400 + 20_700, output: 45, usedPercent: 2 },
      limits: { fiveHour: null, sevenDay: null, spend: null },
      limitsAt: null,
      firstSeen: null,
      promptCache: {
        warm: true,
        expiresAt: 1_795_252_687,
        hitRatio: 0.8955223880597015,
        misses: 0,
        lastMissCause: null,
      },
      effort: "medium",
      thinking: true,
      fastMode: false,
      outputStyle: "default",
      vimMode: null,
      agent: null,
      version: "2.1.329",
      repo: { host: "github.com", owner: "acme", name: "widgets" },
      worktree: null,
      pullRequest: null,
      profileHint: null,
      overrides: [],
      profile: null,
      document: null,
      warnings: [],
    });
  });

  test.each([
    "stdin-01-before-first-message",
    "stdin-05-after-compact",
    "stdin-07-after-clear",
  ])("%s: the window's size is known, its use is not", (name) => {
    expect(parse(capture(name)).context).toMatchObject({ size: 1_000_000, used: null, usedPercent: null });
  });

  test.each([
    ["stdin-05-after-compact", "my-session"],
    ["stdin-01-before-first-message", null],
  ])("%s: session name %j", (name, sessionName) => {
    expect(parse(capture(name)).sessionName).toBe(sessionName);
  });

  test.each([
    [
      "stdin-worktree",
      "/home/user/proj/.claude/worktrees/feat-x",
      { name: "feat-x", originalBranch: "main" },
    ],
    ["stdin-linked-worktree", "/home/user/wt1", { name: "wt1", originalBranch: null }],
  ])("%s: its own folder counts, and its name is known", (name, cwd, worktree) => {
    expect(parse(capture(name))).toMatchObject({ cwd, worktree });
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
    const others = ["rate_limits", "worktree", "pr", "vim", "agent", "agent_type", "session_name"];
    const record = fc.dictionary(fc.constantFrom(...Object.keys(capture(first)), ...others), fc.jsonValue());
    fc.assert(
      fc.property(
        record,
        fc.constantFrom("workspace", "model", "cost", "context_window", "prompt_cache"),
        fc.jsonValue(),
        (fields, name, value) => {
          const session = parse({ ...capture(first), ...fields, [name]: value });
          const { sessionId, cwd, projectDir, model, effort, vimMode, agent, version } = session;
          for (const text of [sessionId, cwd, projectDir, model.id, effort, vimMode, agent, version]) {
            expect(text === null || (typeof text === "string" && text !== "")).toBe(true);
          }
          for (const count of [...Object.values(session.cost), session.context?.used ?? null]) {
            expect(count === null || count >= 0).toBe(true);
          }
          for (const flag of [session.thinking, session.fastMode])
            expect([true, false, null]).toContain(flag);
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
    expect(parse({ cwd: path }).cwd).toBe(path);
  });

  test("a transcript that is called otherwise is none", () => {
    const read = (path: string) => parse({ transcript_path: path }).transcriptPath;
    expect([read("/a/b.jsonl"), read("/etc/passwd"), read("/a/.credentials.json")]).toEqual([
      "/a/b.jsonl",
      null,
      null,
    ]);
  });

  test("the beginning of a path that is too long is no path", () => {
    expect(parse({ cwd: `/${"x".repeat(5000)}` }).cwd).toBeNull();
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

  test("stdin cannot name the profile or the zone, nor configure", () => {
    const session = parse({
      profileHint: "a",
      profile: { id: "a" },
      timeZone: "a",
      STATUSLINE_PROFILE: "a",
      TZ: "a",
      overrides: ["--theme=a"],
      STATUSLINE_THEME: "a",
      document: "a",
    });
    const nothing = { profileHint: null, profile: null, timeZone: "", overrides: [], document: null };
    expect(session).toMatchObject(nothing);
  });

  test.each<[string, Record<string, string | undefined>, string[], string[]]>([
    ["nothing", {}, [], []],
    [
      "variables, in order of their names",
      { STATUSLINE_B: "2", STATUSLINE_A: "1" },
      [],
      ["STATUSLINE_A=1", "STATUSLINE_B=2"],
    ],
    ["an empty variable", { STATUSLINE_A: "" }, [], ["STATUSLINE_A="]],
    [
      "flags after them, in the order given",
      { STATUSLINE_A: "1" },
      ["--z=1", "--a"],
      ["STATUSLINE_A=1", "--z=1", "--a"],
    ],
    ["no other variable", { HOME: "/h", MY_STATUSLINE_A: "1", statusline_a: "1" }, [], []],
    ["no variable that is not there", { STATUSLINE_A: undefined }, [], []],
    [
      "what only begins like one that is no configuration",
      {
        STATUSLINE_NOW: "1",
        STATUSLINE_PROFILE: "a",
        STATUSLINE_VERSION: "1",
        STATUSLINE_BASE_URL: "u",
        STATUSLINE_NOWHERE: "1",
      },
      [],
      ["STATUSLINE_NOWHERE=1"],
    ],
  ])("configures by %s", (_, env, flags, overrides) => {
    expect(parseSession("{}", env, flags).overrides).toEqual(overrides);
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
