import { afterEach, describe, expect, test } from "bun:test";
import { modules } from "../../src/modules/all.ts";
import { previewFrame } from "../../src/preview/frame.ts";
import { documents } from "../../src/preview/sessions.ts";
import { layoutNames, lookOf, looks } from "../look/looks.ts";
import { defaults } from "../modules/shown.ts";

const frameOf = (name: string, look = looks.default, columns = 160) =>
  previewFrame(documents[name] ?? {}, { ...defaults, look }, modules, {
    columns,
    rows: null,
    depth: 0,
    links: false,
  });
const names = Object.keys(documents);

const zone = process.env.TZ;
afterEach(() => {
  process.env.TZ = zone ?? "";
});

describe("a preview", () => {
  test.each(names)("of %s is the same whenever, wherever and however often it is drawn", async (name) => {
    const first = await frameOf(name, looks.full);
    for (const other of ["Asia/Tokyo", "America/New_York", "UTC"]) {
      process.env.TZ = other;
      expect(await frameOf(name, looks.full)).toBe(first);
    }
  });

  test("of a working day", async () => {
    expect((await frameOf("a working day")).split("\n").map((line) => line.replace(/ {3,}/, " … "))).toEqual([
      "proj  │  main ↑1 +2 ?3  │  Opus 5.5  │  ███▊░░░░░░ 38% 384k/1M · 583k until compaction … 09:15",
      "$2.47 session  $17.03 today  $5.06/h  │  5h 24% ↻3h24m  7d 41% ↻3d5h  │  $86.40 week · 49.6M tokens",
    ]);
  });

  test("in a work tree is on its branch", async () => {
    expect(await frameOf("in a work tree")).toStartWith("feat-x  │  worktree-feat-x ↑1 +2 ?3");
  });

  test.each(layoutNames)("in the layout %s is never wider than the screen, nor empty", async (layout) => {
    for (const name of names)
      for (const columns of [20, 60, 100, 160]) {
        const lines = (await frameOf(name, looks[layout], columns)).split("\n");
        expect(Math.max(...lines.map((line) => Bun.stringWidth(line)))).toBeLessThanOrEqual(columns);
        expect(lines.every((line) => line.trim() !== "")).toBe(true);
      }
  });

  // These show something only in sessions that are unlike the samples.
  const silent = ["pr", "agent", "fast", "style", "vim", "account", "command"];
  test.each(
    modules.map(({ moduleId }) => moduleId).filter((each) => !silent.includes(each)),
  )("shows %s", async (moduleId) => {
    const look = await lookOf(`--lines=[["${moduleId}"]]`);
    const frames = await Promise.all(names.map((name) => frameOf(name, look)));
    expect(frames.some((frame) => frame !== "")).toBe(true);
  });

  test("shows a command's line where one is configured", async () => {
    const settings = {
      ...defaults,
      look: await lookOf('--lines=[["command"]]'),
      modules: { ...defaults.modules, command: { ...defaults.modules.command, run: "weather" } as never },
    };
    const screen = { columns: 80, rows: null, depth: 0, links: false } as const;
    expect(previewFrame(documents["a working day"] ?? {}, settings, modules, screen)).toBe("☀ 21°C");
  });
});
