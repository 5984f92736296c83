import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { presets } from "../../src/look/layouts.ts";
import { modules } from "../../src/modules/all.ts";
import { Sandbox } from "../harness.ts";
import { configure, flags, fullSession, later, rendered, type Values } from "./configured.ts";

const sandbox = new Sandbox();
const { COLUMNS, ...terminal } = sandbox.env;
const socket = `${sandbox.path}/tmux.sock`;
const tmux = (...args: string[]) =>
  Bun.spawnSync(["tmux", "-f", "/dev/null", "-S", socket, ...args], { env: terminal })
    .stdout.toString()
    .trim();
const hasTmux = Bun.which("tmux") !== null;

let document: object;
/** The file that names the command too. */
const RUN = { "modules.command.run": "echo sunny" };

beforeAll(async () => {
  Object.assign(sandbox.env, later(0), { COLUMNS: "600" });
  if (hasTmux) {
    tmux("new-session", "-d", "-s", "mine", "-x", "150", "-y", "30", "sleep 600");
    const TMUX_PANE = tmux("display-message", "-p", "#{pane_id}");
    Object.assign(sandbox.env, { TMUX: `${socket},1,0`, TMUX_PANE });
  }
  document = fullSession(sandbox);
  configure(sandbox, RUN);
  await rendered(sandbox, document, { args: flags({ layout: "full" }) });
  await sandbox.settle();
  Object.assign(sandbox.env, later(1000));
});
afterAll(async () => {
  await sandbox.settle();
  if (hasTmux) tmux("kill-server");
  sandbox.remove();
});

const shown = (values: Values) => rendered(sandbox, document, { args: flags(values) });
/** The parts of a frame, from all its lines. */
const partsOf = (lines: readonly string[]) => lines.flatMap((line) => line.split(/ {2}│ {2}| {3,}/));

/** What each module shows of the session. */
const TEXTS: Readonly<Record<string, string>> = {
  project: "📁 widgets/below",
  git: "🌿 main ?1",
  worktree: "🌳 feat-x from trunk",
  pr: "🔀 #128 approved",
  session: "💬 my session",
  agent: "🎭 reviewer",
  model: "🤖 Opus 5.5",
  effort: "💡 medium · thinking",
  fast: "⚡ fast",
  style: "🎨 explanatory",
  vim: "📟 NORMAL",
  context: "🧠 ▎░░░░░░░░░ 2% 23.1k/1M · 944k until compaction",
  trend: "📈 ▆▇█ +3.4k",
  promptcache: "🔥 warm 3m 89% hits",
  account: "👤 ann's",
  time: "🕐 09:15",
  cost: "💰 $2.47 session  $29.52 today  $29.52/h",
  limits: "🚦 5h 24% ↻3h23m  7d 41% ↻3d4h  spend 62% $31.00/$50.00 ↻8d7h",
  weekly: "📊 $29.52 week · 49.6M tokens",
  lines: "📝 +214 -38",
  duration: "⏳ 1h16m long",
  api: "📡 25% API, 18m",
  ...(hasTmux ? { tmux: "🪟 mine:0.0" } : {}),
  version: "📦 v2.1.329",
  command: "🔧 sunny",
};

test("the full layout shows every module that it has a place for", async () => {
  expect(partsOf(await shown({ layout: "full" })).sort()).toEqual(Object.values(TEXTS).sort());
  const placed = presets.full.lines.flat().map(({ moduleId }) => moduleId);
  const missing = placed.filter((id) => TEXTS[id] === undefined);
  // The client reports a 5-hour window, so that there is no block.
  expect(missing.sort()).toEqual(hasTmux ? ["block"] : ["block", "tmux"]);
});

describe("switched off it is gone, and nothing else", () => {
  test.each(Object.keys(TEXTS).map((id) => [id]))("%s", async (id) => {
    const parts = partsOf(await shown({ layout: "full", [`modules.${id}.enabled`]: false }));
    const others = Object.entries(TEXTS).flatMap(([each, text]) => (each === id ? [] : [text]));
    expect(parts.sort()).toEqual(others.sort());
  });
});

describe("switched on it is there, after the rest, where the layout lacks it", () => {
  const lines = [["fast"]];
  test.each(Object.keys(TEXTS).map((id) => [id]))("%s", async (id) => {
    const icons = "emoji";
    expect(await shown({ lines, icons })).toEqual(["⚡ fast"]);
    const parts = partsOf(await shown({ lines, icons, [`modules.${id}.enabled`]: true }));
    expect(parts).toEqual(id === "fast" ? ["⚡ fast"] : ["⚡ fast", TEXTS[id] as string]);
  });
});

test("all switched off: still a line", async () => {
  const off = Object.fromEntries(modules.map(({ moduleId }) => [`modules.${moduleId}.enabled`, false]));
  expect(await shown(off)).toEqual(["statusline: no data in the input"]);
});

describe("a module's own options", () => {
  test.each([
    ["context", "context.cells", 0, "2% 23.1k/1M"],
    ["context", "context.cells", 4, "▏░░░ 2% 23.1k/1M"],
    ["context", "context.cells", 30, `▋${"░".repeat(29)} 2% 23.1k/1M`],
    ["limits", "limits.cells", 0, "5h 24% ↻"],
    ["limits", "limits.cells", 8, "5h █▉░░░░░░ 24% ↻3h23m  7d ███▎░░░░ 41% ↻3d4h  spend █████░░░ 62% $31"],
  ])("%s: %s %i", async (module, option, value, text) => {
    const [line = ""] = await shown({ lines: [[module]], [`modules.${option}`]: value });
    expect(line).toStartWith(text);
  });

  test.each([
    [8, "feature… ?1"],
    [20, "feature/long-branch… ?1"],
    [200, `feature/long-branch-name-${"x".repeat(60)} ?1`],
  ])("git.maxLength %i", async (maxLength, text) => {
    const branch = `feature/long-branch-name-${"x".repeat(60)}`;
    const repository = `${sandbox.path}/widgets`;
    if (sandbox.git(repository, "branch", "--show-current") !== branch)
      sandbox.git(repository, "checkout", "-qb", branch);
    expect(await shown({ lines: [["git"]], "modules.git.maxLength": maxLength })).toEqual([text]);
  });
});
