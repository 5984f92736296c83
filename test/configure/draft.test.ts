import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { layoutOf } from "../../src/config/lines.ts";
import { choose, EMPTY, linesOf, move, toggle, writtenLines } from "../../src/configure/draft.ts";
import { presets, priorityOf } from "../../src/look/layouts.ts";
import type { Layout } from "../../src/look/look.ts";
import { moduleIds } from "../config/given.ts";

/** `git cost | time`: lines of modules. */
const lines = (text: string): Layout =>
  text === "" ? [] : layoutOf(text.split(" | ").map((line) => line.split(" ")));
const text = (all: Layout) => all.map((line) => line.map(({ moduleId }) => moduleId).join(" ")).join(" | ");

describe("a module moves", () => {
  test.each<[string, string, 1 | -1, string]>([
    ["git cost | time", "git", 1, "cost git | time"],
    ["git cost | time", "cost", -1, "cost git | time"],
    ["git cost | time", "cost", 1, "git | cost time"],
    ["git cost | time", "time", -1, "git cost time"],
    ["git cost | time", "time", 1, "git cost | time"],
    ["git cost | time model", "model", 1, "git cost | time | model"],
    ["git cost | time", "git", -1, "git | cost | time"],
    ["git | cost", "git", -1, "git | cost"],
    ["git | cost", "git", 1, "git cost"],
    ["git", "git", 1, "git"],
    ["git", "git", -1, "git"],
    ["git", "cost", 1, "git"],
    ["", "git", 1, ""],
  ])("in %j %s by %i: %j", (before, name, by, after) => {
    expect(text(move(lines(before), name, by))).toBe(after);
  });
});

describe("a module goes on and off", () => {
  test.each([
    ["git cost | time", "model", "git cost | time model"],
    ["git cost | time", "git", "cost | time"],
    ["git cost | time", "time", "git cost"],
    ["git", "git", ""],
    ["", "git", "git"],
    ["git git | git cost", "git", "cost"],
  ])("in %j %s: %j", (before, name, after) => {
    expect(text(toggle(lines(before), name))).toBe(after);
  });

  test("with its importance, at the left", () => {
    expect(toggle([], "git")).toEqual([[{ moduleId: "git", priority: priorityOf("git"), align: "left" }]]);
  });
});

test("whatever is moved and switched, no row is empty and nothing is lost or doubled", () => {
  const name = fc.constantFrom(...moduleIds.slice(0, 6));
  const step = fc.record({ name, by: fc.constantFrom<1 | -1 | 0>(1, -1, 0) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let all = lines("project git | model");
      for (const { name, by } of steps) {
        const before = all.flat().map(({ moduleId }) => moduleId);
        const next = by === 0 ? toggle(all, name) : move(all, name, by);
        const after = next.flat().map(({ moduleId }) => moduleId);
        expect(next.every((line) => line.length > 0)).toBe(true);
        if (by !== 0) expect([...after].sort()).toEqual([...before].sort());
        else if (before.includes(name)) expect(after).toEqual(before.filter((each) => each !== name));
        else expect(after).toEqual([...before, name]);
        all = next;
      }
      expect(layoutOf(writtenLines(all) as string[][])).toEqual(all);
    }),
  );
});

describe("the lines as a file has them", () => {
  test("are names alone where nothing else is to be said", () => {
    expect(writtenLines(presets.classic.lines)).toEqual([
      ["project", "git", "model", "context", "account", "time"],
      ["block", "limits", "cost", "weekly"],
    ]);
  });

  test("have priority and side where they are not the usual ones", () => {
    const all: Layout = [
      [
        { moduleId: "git", priority: 3, align: "right" },
        { moduleId: "cost", priority: priorityOf("cost"), align: "flex" },
      ],
    ];
    expect(writtenLines(all)).toEqual([
      [
        { module: "git", priority: 3, align: "right" },
        { module: "cost", align: "flex" },
      ],
    ]);
  });

  test.each(Object.entries(presets))("of the layout %s are read as the same", (_, { lines }) => {
    expect(layoutOf(writtenLines(lines) as string[][])).toEqual(lines as never);
  });
});

describe("the lines of a draft", () => {
  const configured = lines("git");

  test("are those configured, until something is chosen that has its own", () => {
    expect(linesOf(EMPTY, configured)).toBe(configured);
    expect(linesOf(choose(EMPTY, "theme", "nord"), configured)).toBe(configured);
    expect(linesOf(choose(EMPTY, "layout", "full"), configured)).toBe(presets.full.lines);
  });

  test("are the new layout's where they were arranged before", () => {
    const arranged = { ...EMPTY, lines: lines("cost"), arranged: true };
    expect(linesOf(choose(arranged, "layout", "minimal"), configured)).toBe(presets.minimal.lines);
    expect(linesOf(choose(arranged, "icons", "emoji"), configured)).toEqual(lines("cost"));
  });
});
