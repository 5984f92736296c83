import { afterAll, describe, expect, test } from "bun:test";
import { compactionLimit, DEFAULT_COMPACTION } from "../../src/sources/compaction.ts";
import { compactionSettings } from "../../src/sources/compaction-settings.ts";
import { realWorld } from "../../src/world.ts";
import { write } from "../e2e/configured.ts";
import { Sandbox } from "../harness.ts";

const OPUS = "claude-opus-5-5";
const MILLION = 1_000_000;

// All of these were seen with client 2.1.332, but for models and systems that are not to be had.
describe("by itself the client compacts", () => {
  test.each([
    ["a model of a million tokens", OPUS, MILLION, 967_000],
    ["a model that it does not know", "gateway/large", 200_000, 167_000],
    ["no model at all", null, 200_000, 167_000],
    ["4.6 with 200,000 tokens", "claude-sonnet-4-6", 200_000, 167_000],
    ["4.6 with a million", "claude-sonnet-4-6[1m]", MILLION, null],
    ["haiku 4.5", "claude-haiku-4-5-20251001", 200_000, null],
    ["opus 4.5 of Vertex", "claude-opus-4-5@20251101", 200_000, null],
    ["sonnet 4.5 of Bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", 200_000, null],
    ["sonnet 4", "claude-sonnet-4-20250514", 200_000, null],
    ["sonnet 3.5", "claude-3-5-sonnet-20241022", 200_000, null],
    ["opus 4.8", "claude-opus-4-8", MILLION, 967_000],
  ])("%s (%p, %i): at %p", (_, model, size, limit) => {
    expect(compactionLimit(size, model, DEFAULT_COMPACTION, {})).toBe(limit);
  });
});

describe("a variable", () => {
  test.each([
    [{ DISABLE_COMPACT: "1" }, null],
    [{ DISABLE_AUTO_COMPACT: " TRUE " }, null],
    [{ DISABLE_AUTO_COMPACT: "0" }, 967_000],
    [{ CLAUDE_CODE_AUTO_COMPACT_WINDOW: "600k" }, 567_000],
    [{ CLAUDE_CODE_AUTO_COMPACT_WINDOW: " 0.5M " }, 467_000],
    [{ CLAUDE_CODE_AUTO_COMPACT_WINDOW: "300000" }, 267_000],
    [{ CLAUDE_CODE_AUTO_COMPACT_WINDOW: "600" }, 67_000],
    [{ CLAUDE_CODE_AUTO_COMPACT_WINDOW: "2m" }, 967_000],
    [{ CLAUDE_CODE_AUTO_COMPACT_WINDOW: "large" }, 967_000],
    [{ CLAUDE_CODE_AUTO_COMPACT_WINDOW: "0" }, 967_000],
    [{ CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: "50%" }, 490_000],
    [{ CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: "99.9" }, 967_000],
    [{ CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: "101" }, 967_000],
    [{ CLAUDE_CODE_MAX_OUTPUT_TOKENS: "5000" }, 982_000],
    [{ CLAUDE_CODE_MAX_OUTPUT_TOKENS: "64000" }, 967_000],
    [{ CLAUDE_CODE_MAX_OUTPUT_TOKENS: "many" }, 967_000],
  ])("%j: at %p", (env, limit) => {
    expect(compactionLimit(MILLION, OPUS, DEFAULT_COMPACTION, env)).toBe(limit);
  });

  test("goes before the settings, and makes the client compact every model", () => {
    const env = { CLAUDE_CODE_AUTO_COMPACT_WINDOW: "150k" };
    expect(compactionLimit(200_000, "claude-sonnet-4-5", { enabled: true, window: 180_000 }, env)).toBe(
      117_000,
    );
    expect(compactionLimit(200_000, "claude-sonnet-4-5", { enabled: true, window: 180_000 }, {})).toBe(
      147_000,
    );
    expect(compactionLimit(200_000, OPUS, { enabled: false, window: null }, env)).toBeNull();
  });
});

describe("the settings", () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.remove());
  const files = {
    state: `${sandbox.home}/.claude.json`,
    user: `${sandbox.home}/.claude/settings.json`,
    project: `${sandbox.path}/p/.claude/settings.json`,
    local: `${sandbox.path}/p/.claude/settings.local.json`,
    managed: `${sandbox.path}/managed/managed-settings.json`,
    part: `${sandbox.path}/managed/managed-settings.d/10.json`,
  };
  const world = realWorld({ HOME: sandbox.home });
  const forModel = (autoCompactWindow: unknown, model = OPUS) => ({
    modelSettings: { [model]: { autoCompactWindow } },
  });
  const window = (autoCompactWindow: unknown) => ({ autoCompactWindow });
  const enabled = (autoCompactEnabled: unknown) => ({ autoCompactEnabled });

  test.each<[string, Partial<Record<keyof typeof files, unknown>>, object]>([
    ["none", {}, { enabled: true, window: null }],
    ["the user's", { user: window(400_000) }, { window: 400_000 }],
    [
      "the project's over the user's",
      { user: window(400_000), project: window(250_000) },
      { window: 250_000 },
    ],
    [
      "the local over the project's",
      { project: window(250_000), local: window(300_000) },
      { window: 300_000 },
    ],
    [
      "a part of the organisation's over its whole",
      { managed: window(200_000), part: window(220_000) },
      { window: 220_000 },
    ],
    [
      "the organisation's over all",
      { local: window(300_000), managed: window(200_000) },
      { window: 200_000 },
    ],
    [
      "a model's own in one file",
      { user: { ...window(400_000), ...forModel(200_000) } },
      { window: 200_000 },
    ],
    [
      "a later file over a model's own",
      { user: forModel(200_000), project: window(400_000) },
      { window: 400_000 },
    ],
    [
      "a model's own by another name",
      { user: forModel(200_000, "us.anthropic.claude-opus-5-5") },
      { window: 200_000 },
    ],
    ["another model's", { user: forModel(200_000, "claude-opus-5") }, { window: null }],
    [
      "a model's own that is automatic",
      { user: window(400_000), project: forModel("auto") },
      { window: null },
    ],
    ["too small a window", { user: window(50_000) }, { window: null }],
    ["a window of a wrong type", { user: window("300k") }, { window: null }],
    ["switched off", { user: enabled(false) }, { enabled: false }],
    ["switched off in a project", { user: enabled(true), project: enabled(false) }, { enabled: false }],
    ["switched off by a former version", { state: enabled(false) }, { enabled: false }],
    ["switched on over a former version", { state: enabled(false), user: enabled(true) }, { enabled: true }],
    [
      "a window of the server",
      { state: { autoCompactWindowsCache: { [OPUS]: 120_000 } } },
      { window: 120_000 },
    ],
    [
      "a window of the server by surface",
      {
        state: {
          autoCompactWindowsCache: { [OPUS]: { default: 500_000, surfaces: { cli: { default: 150_000 } } } },
        },
      },
      { window: 150_000 },
    ],
    [
      "settings over a window of the server",
      { state: { autoCompactWindowsCache: { [OPUS]: 120_000 } }, user: window(300_000) },
      { window: 300_000 },
    ],
    ["a file that is no JSON", { user: window(400_000), project: "{" }, { window: 400_000 }],
    ["a file that is no object", { user: [window(400_000)] }, { enabled: true, window: null }],
  ])("%s", (_, given, expected) => {
    for (const [name, path] of Object.entries(files)) {
      const content = given[name as keyof typeof files] ?? {};
      write(path, typeof content === "string" ? content : JSON.stringify(content));
    }
    expect(compactionSettings(OPUS, `${sandbox.path}/p`, world, `${sandbox.path}/managed`)).toMatchObject(
      expected,
    );
  });
});
