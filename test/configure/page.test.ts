import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { layoutOf } from "../../src/config/lines.ts";
import { drawPage, type View } from "../../src/configure/page.ts";
import { openPage, rowsOf, START } from "../../src/configure/page-keys.ts";
import { choiceRows, moduleRows, PAGES } from "../../src/configure/rows.ts";
import { colors } from "../../src/look/themes.ts";
import { field, fields } from "../config/given.ts";
import { readLine } from "../render/sequences.ts";
import { ground } from "./ground.ts";

const FRAME =
  "\x1b[38;2;1;2;3m日本語👨‍👩‍👧‍👦\x1b[0m  │  \x1b]8;;https://example.org\x1b\\x\x1b]8;;\x1b\\\n$1.00 🔴\n🇩🇪";
const viewOf = (page: View["page"], changes: Partial<View> = {}): View => ({
  page,
  rows: rowsOf(openPage(START, page, ground), ground),
  screen: "pages",
  selected: 0,
  preview: { frame: FRAME, title: "preview" },
  path: "/home/me/日本/.claude/statusline.user.json",
  ...changes,
});
const bare = (lines: readonly string[]) => lines.map((line) => readLine(line).text);

describe("the rows of a page", () => {
  test.each(["layout", "theme", "icons", "separator"] as const)("%s are all that there are", (choice) => {
    expect(choiceRows(choice, null, null).map(({ name }) => name)).toEqual([
      ...(field(choice).choices ?? []),
    ]);
    for (const { text } of choiceRows(choice, null, null)) expect(text).not.toBe("");
  });

  test("say what is configured, and what each is", () => {
    expect(
      choiceRows("theme", "nord", null)
        .filter(({ on }) => on)
        .map(({ name }) => name),
    ).toEqual(["nord"]);
    expect(choiceRows("layout", "x", null).some(({ on }) => on)).toBe(false);
    expect(choiceRows("theme", "nord", null)[1]?.text).toBe(colors.nord.description);
  });

  test("have what the layout brings at the head, in effect unless something else is set", () => {
    const [first, ...others] = choiceRows("icons", null, "emoji");
    expect(first).toEqual({ name: "layout's", text: "what the layout uses: emoji", on: true });
    expect(others.some(({ on }) => on)).toBe(false);
    expect(choiceRows("icons", "emoji", "emoji").map(({ on }) => on)).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  test("of modules are those on a line in their order, then the others", () => {
    const all = ["git", "cost", "time"].map((moduleId) => ({ moduleId, description: `the ${moduleId}` }));
    const lines = layoutOf([[{ module: "time", align: "right" }], ["git"]]);
    expect(moduleRows(lines, all)).toEqual([
      { name: "time", text: "line 1 right   the time", on: true },
      { name: "git", text: "line 2 left    the git", on: true },
      { name: "cost", text: "               the cost", on: false },
    ]);
  });
});

describe("the screen", () => {
  const sizes = [20, 21, 33, 40, 60, 79, 80, 120, 200].flatMap((columns) =>
    [8, 9, 12, 24, 40, 60].map((rows) => ({ columns, rows })),
  );

  test.each(
    PAGES,
  )("of the page %s is never wider or longer than the terminal, and leaves nothing open", (page) => {
    const { rows: all } = viewOf(page);
    for (const { columns, rows } of sizes) {
      for (const selected of all.keys()) {
        const lines = drawPage(viewOf(page, { selected }), columns, rows);
        expect(lines.length).toBeLessThanOrEqual(rows);
        expect(Math.max(...lines.map((line) => Bun.stringWidth(line)))).toBeLessThanOrEqual(columns);
        expect(bare(lines).filter((line) => line.startsWith("▸"))).toEqual([
          expect.stringContaining(all[selected]?.name ?? ""),
        ]);
      }
    }
  });

  test("of any size at all fits", () => {
    const page = fc.constantFrom(...PAGES);
    fc.assert(
      fc.property(
        page,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 60 }),
        (page, columns, rows) => {
          const lines = drawPage(viewOf(page), columns, rows);
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) {
            expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
            expect(readLine(line).faults).toEqual([]);
          }
        },
      ),
    );
  });

  test("shows the preview, the keys and the file where there is room", () => {
    const lines = bare(drawPage(viewOf("modules"), 100, 40));
    expect(lines).toContain("日本語👨‍👩‍👧‍👦  │  x");
    expect(lines).toContain("$1.00 🔴");
    expect(lines.at(-2)).toContain("space on/off");
    expect(lines.at(-1)).toBe("/home/me/日本/.claude/statusline.user.json");
    expect(bare(drawPage(viewOf("theme"), 100, 40)).at(-2)).not.toContain("space");
  });

  test("marks the row that is selected, and those that are on", () => {
    const rows = choiceRows("icons", "emoji", null);
    const lines = bare(drawPage(viewOf("icons", { rows, selected: 2 }), 100, 40));
    expect(lines.slice(4, 8)).toEqual([
      "  ○ none   no icons",
      "  ● emoji  emoji, in any font that has them",
      "▸ ○ nerd   glyphs of a Nerd Font",
      "  ○ ascii  words, in any terminal",
    ]);
  });

  test("has a name for every choice that the configuration has", () => {
    expect(
      PAGES.filter((page) => page !== "modules").every((page) => fields.some(({ key }) => key === page)),
    ).toBe(true);
  });
});
