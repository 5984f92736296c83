import { describe, expect, test } from "bun:test";
import { resolve } from "../../src/config/resolve.ts";
import { settingsOf } from "../../src/config/settings.ts";
import { presets, priorityOf } from "../../src/look/layouts.ts";
import { themeOf } from "../../src/look/theme-sgr.ts";
import { colors } from "../../src/look/themes.ts";
import { modules } from "../../src/modules/all.ts";
import { layoutNames, looks } from "../look/looks.ts";
import { defaults } from "../modules/shown.ts";
import { configurationOf, moduleIds } from "./given.ts";

const settingsWith = async (content: object, ...flags: string[]) =>
  resolve(await configurationOf(content, ...flags), modules);
const namesOf = async (content: object, ...flags: string[]) =>
  (await settingsWith(content, ...flags)).look.lines.map((line) =>
    line.map(({ moduleId }) => moduleId).join(" "),
  );

describe("which modules stand where", () => {
  const two = { lines: [["git", "cost"], ["time"]] };
  const off = { enabled: false };
  const on = { enabled: true };

  test.each<[string, object, string[]]>([
    ["the layout's lines", { layout: "minimal" }, ["project git context account cost"]],
    ["a person's own", two, ["git cost", "time"]],
    ["without what is switched off", { ...two, modules: { cost: off } }, ["git", "time"]],
    ["without a line of which all is off", { ...two, modules: { time: off } }, ["git cost"]],
    ["without an empty line", { lines: [[], ["git"], []] }, ["git"]],
    [
      "with what is switched on and has no place",
      { ...two, modules: { tmux: on } },
      ["git cost", "time tmux"],
    ],
    ["but not twice", { ...two, modules: { git: on } }, ["git cost", "time"]],
    ["also where all else is off", { lines: [["git"]], modules: { git: off, api: on } }, ["api"]],
    ["none at all", { lines: [["git"]], modules: { git: off } }, []],
    ["no lines: the layout's", { layout: "minimal", lines: null }, ["project git context account cost"]],
    ["two places for one", { lines: [["git", "git"]] }, ["git git"]],
  ])("%s", async (_, content, expected) => {
    expect(await namesOf(content)).toEqual(expected);
  });

  test("a project that is switched on by a flag is appended too", async () => {
    expect(await namesOf({ layout: "minimal" }, "--enabled-vim")).toEqual([
      "project git context account cost vim",
    ]);
  });

  test("what is appended has its importance, at the left", async () => {
    const { look } = await settingsWith({ layout: "minimal", modules: { vim: on } });
    expect(look.lines[0]?.at(-1)).toEqual({ moduleId: "vim", priority: priorityOf("vim"), align: "left" });
  });

  test("priority and side are a person's own", async () => {
    const { look } = await settingsWith({ lines: [[{ module: "git", priority: 7, align: "flex" }]] });
    expect(look.lines).toEqual([[{ moduleId: "git", priority: 7, align: "flex" }]]);
  });
});

describe("the look", () => {
  test.each(layoutNames)("of the layout %s", (name) => {
    const { lines, icons, separator, charset } = {
      icons: "none",
      separator: "bar",
      charset: "unicode",
      ...presets[name],
    };
    expect(looks[name]).toMatchObject({ lines, separator, charset });
    const column = ["emoji", "nerd", "ascii"].indexOf(icons);
    for (const { moduleId, icons: each } of modules)
      expect(looks[name].icons[moduleId] ?? "").toBe(column < 0 ? "" : (each[column] ?? ""));
  });

  test("has the theme's colours", async () => {
    expect((await settingsWith({ theme: "latte" })).look.theme).toEqual(themeOf(colors.latte));
  });

  test("has what else is configured", async () => {
    const content = {
      charset: "ascii",
      links: "never",
      maxLines: 4,
      padding: 2,
      renderer: { colorEnabled: false },
    };
    expect((await settingsWith(content)).look).toMatchObject({
      ...{ charset: "ascii", links: "never", maxLines: 4, padding: 2 },
      colorEnabled: false,
    });
  });
});

describe("each layout", () => {
  test.each(layoutNames)("%s has every module once at most, and knows how important each is", (name) => {
    const places = presets[name].lines.flat();
    const names = places.map(({ moduleId }) => moduleId);
    expect(new Set(names).size).toBe(names.length);
    for (const { moduleId, priority } of places) {
      expect(moduleIds).toContain(moduleId);
      expect([moduleId, priority > 0]).toEqual([moduleId, true]);
    }
  });

  test("every module that a layout places has an importance of its own", () => {
    const placed = new Set(
      Object.values(presets).flatMap(({ lines }) => lines.flat().map((each) => each.moduleId)),
    );
    const all = [...placed].map(priorityOf);
    expect(Math.min(...all)).toBe(1);
    expect(new Set(all).size).toBe(placed.size);
    expect(placed.size).toBeGreaterThan(20);
  });
});

describe("settings", () => {
  test("have each module's options, durations as milliseconds", async () => {
    const settings = await settingsWith({ modules: { git: { timeout: "2s", maxLength: 12 } } });
    expect(settings.modules.git).toEqual({ ...defaults.modules.git, timeout: 2000, maxLength: 12 } as never);
    expect(settings.modules.cost).toEqual(defaults.modules.cost as never);
  });

  test("are those built in when nothing is said", async () => {
    expect(await settingsWith({})).toEqual(defaults);
  });

  test("have a version that differs where anything differs", async () => {
    const all = [
      {},
      { theme: "nord" },
      { padding: 1 },
      { modules: { git: { enabled: false } } },
      { xyzzy: 1 },
    ];
    const versions = await Promise.all(all.map(async (each) => (await settingsWith(each)).version));
    expect(new Set(versions).size).toBe(all.length);
    expect((await settingsWith({})).version).toBe(versions[0] ?? "");
  });

  test("are faulty where there is a problem", async () => {
    expect([defaults.faulty, (await settingsWith({ xyzzy: 1 })).faulty]).toEqual([false, true]);
  });

  test("of a module that they do not know: it is off", () => {
    expect(settingsOf(defaults, "xyzzy").enabled).toBe(false);
  });

  test("are the same when they were kept as JSON", async () => {
    const settings = await settingsWith({ layout: "full" });
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
  });
});
