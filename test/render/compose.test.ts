import { describe, expect, test } from "bun:test";
import type { Look } from "../../src/look/look.ts";
import type { Form } from "../../src/module.ts";
import { compose, type Part } from "../../src/render/compose.ts";
import { defaults } from "../modules/shown.ts";

const plain = (text: string): Form => [{ text, tone: "plain" }];
const part = (moduleId: string, forms: string[], freshness: Part["freshness"] = "current"): Part => ({
  moduleId,
  forms: () => forms.map(plain),
  freshness,
});
const draw = (all: Part[], columns: number, rows: number | null = null, look: Partial<Look> = {}) =>
  compose(all, { ...defaults.look, ...look }, { columns, rows, depth: 0, links: false }).split("\n");

describe("fitting", () => {
  const all = [
    part("project", ["project", "proj"]),
    part("model", ["Opus 5.5", "Op"]),
    part("context", ["context 10%", "10%"]),
  ];

  test.each([
    [80, "project  │  Opus 5.5  │  context 10%"],
    [32, "project │ Opus 5.5 │ context 10%"],
    [28, "project │ Op │ context 10%"],
    [17, "proj │ Op │ 10%"],
    [11, "proj │ 10%"],
    [4, "10%"],
    [2, "1…"],
  ])("in %i columns: %s", (columns, line) => {
    expect(draw(all, columns)).toEqual([line]);
  });

  test("the clock stands at the right end", () => {
    expect(draw([part("project", ["p"]), part("time", ["12:00"])], 20)).toEqual(["p              12:00"]);
  });

  test("on a low terminal all stand on one line", () => {
    expect(draw([part("project", ["p"]), part("cost", ["$1"])], 90)).toEqual(["p", "$1"]);
    expect(draw([part("project", ["p"]), part("cost", ["$1"])], 90, 14)).toEqual(["p  │  $1"]);
  });

  test("a stale value carries its mark, also where it is narrow", () => {
    expect(draw([part("cost", ["$1.00"], "stale")], 80)).toEqual(["$1.00 🔴"]);
    expect(draw([part("cost", ["$1.00 today", "$1.00"], "stale")], 9)).toEqual(["$1.00 🔴"]);
  });

  test("a form with nothing to see takes no place", () => {
    expect(
      draw([part("project", ["p"]), part("model", ["\u001b[31m", " "]), part("context", ["", "5%"])], 40),
    ).toEqual(["p │ 5%"]);
    expect(draw([part("model", [" "])], 40)).toEqual([""]);
  });

  test("nothing to show is not a line", () => {
    expect(draw([{ moduleId: "cost", forms: () => [], freshness: "current" }], 80)).toEqual([""]);
  });
});

describe("lines", () => {
  const names = ["project", "git", "model", "context"];
  const all = names.map((name) => part(name, [name]));
  const lines = [names.slice(0, 3), names.slice(3)].map((line) =>
    line.map((moduleId, n) => ({ moduleId, priority: 9 - n, align: "left" as const })),
  );

  test.each<[string, number, number, string[]]>([
    ["as many as the layout has", 80, 0, ["project  │  git  │  model", "context"]],
    ["what finds no room leaves", 20, 0, ["project │ git", "context"]],
    ["or goes on to the next where rows are free", 20, 3, ["project │ git", "model", "context"]],
    ["and on to the next", 8, 6, ["project", "git", "model", "context"]],
    ["fewer rows than lines: the last ones are one", 80, 1, ["project  │  git  │  model  │  context"]],
    ["of which the least important leaves", 28, 1, ["project │ git │ context"]],
  ])("%s", (_, columns, maxLines, expected) => {
    expect(draw(all, columns, null, { lines, maxLines })).toEqual(expected);
  });

  test("a line wraps before anything on it is shortened where rows are free", () => {
    const long = [
      part("project", ["project", "p"]),
      part("git", ["a-long-branch", "a…"]),
      part("model", ["model"]),
    ];
    const two = (columns: number, maxLines: number) =>
      draw(long, columns, null, { lines: lines.slice(0, 1), maxLines });
    expect(two(24, 0)).toEqual(["project │ a… │ model"]);
    expect(two(24, 2)).toEqual(["project │ a-long-branch", "model"]);
    expect(two(16, 2)).toEqual(["project", "a… │ model"]);
    expect(two(12, 3)).toEqual(["project", "a…", "model"]);
  });

  test("a module that has two places stands in both", () => {
    const twice = [[{ moduleId: "git", priority: 1, align: "left" as const }]];
    expect(draw(all, 80, null, { lines: [...twice, ...twice] })).toEqual(["git", "git"]);
  });

  test("a module without a place is not shown", () => {
    expect(draw(all, 80, null, { lines: [] })).toEqual([""]);
  });
});

describe("marks", () => {
  const { look } = defaults;
  const on = (all: Part[], columns: number, changes: Partial<Look>, faulty = false) =>
    compose(all, { ...look, ...changes }, { columns, rows: null, depth: 0, links: false }, faulty);

  test("an icon stands before the value, and counts", () => {
    const icons = { project: "📁" };
    expect(on([part("project", ["abc", "a"])], 6, { icons })).toBe("📁 abc");
    expect(on([part("project", ["abc", "a"])], 5, { icons })).toBe("📁 a");
  });

  test("a fault in the configuration is marked on the first line, and stays to the last", () => {
    expect(on([part("project", ["p"]), part("cost", ["$1"])], 40, {}, true)).toBe("p │ ⚙⚠\n$1");
    expect(on([part("project", ["p"])], 5, {}, true)).toBe("⚙⚠");
    expect(on([part("project", ["p"])], 40, { charset: "ascii" }, true)).toBe("p | !config");
    expect(on([], 40, {}, true)).toBe("⚙⚠");
    expect(on([], 40, { lines: [] }, true)).toBe("⚙⚠");
  });

  test("in ASCII signs of two characters are made of what was written side by side alone", () => {
    expect(on([part("project", ["⚙\x07⚠ 🔴"], "stale")], 40, { charset: "ascii" })).toBe(
      "!config (old) (old)",
    );
  });

  test("in ASCII what is cut ends in one column too, and a link keeps its address", () => {
    const link = "https://example.org/…";
    const forms = () => [[{ text: "abcdef", tone: "plain", link: () => link } as const]];
    const given: Part = { moduleId: "project", forms, freshness: "current" };
    const screen = { columns: 4, rows: null, depth: 0, links: true } as const;
    expect(compose([given], { ...look, charset: "ascii" }, screen)).toBe(
      `\x1b]8;;${link}\x1b\\abc~\x1b]8;;\x1b\\`,
    );
  });

  test("a value past its best is muted, a stale one has its mark in ASCII too", () => {
    const screen = { columns: 40, rows: null, depth: 1, links: false } as const;
    expect(compose([part("cost", ["$1"], "expired")], look, screen)).toBe("\x1b[37m$1\x1b[0m");
    expect(on([part("cost", ["$1"], "stale")], 40, { charset: "ascii" })).toBe("$1 (old)");
  });
});

test("a name of which nothing can be seen takes no place", () => {
  for (const name of ["\u200b", "\u2060\u00ad", " \u200d ", "\u061c", "\u3000"])
    expect(draw([part("project", [name]), part("model", ["m"])], 40)).toEqual(["m"]);
});

test("an escape sequence that begins in one span and would end in the next hides no width", () => {
  for (const name of ["p\x1b[", "p\x1b]", "p\x9b"]) {
    const forms = () => [[...plain(name), ...plain("/0123456789m/x")], plain("p/…/x")];
    expect(draw([{ moduleId: "project", forms, freshness: "current" }], 10)).toEqual(["p/…/x"]);
  }
});
