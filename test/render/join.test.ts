import { describe, expect, test } from "bun:test";
import { type Look, SEPARATORS } from "../../src/look/look.ts";
import type { Fitted } from "../../src/render/fit.ts";
import { joinerFor } from "../../src/render/join.ts";
import type { Ink } from "../../src/render/style.ts";
import { defaults } from "../modules/shown.ts";

const { theme } = defaults.look;
const item = (text: string, align: Fitted["align"] = "left"): Fitted => ({
  form: { spans: [{ text, tone: "plain" }], columns: Bun.stringWidth(text) },
  align,
});
const joiner = (look: Partial<Look>, columns: number, depth: Ink["depth"] = 0) =>
  joinerFor({ ...defaults.look, ...look }, columns, { theme, depth });
const bare = (text: string) => Bun.stripANSI(text);

describe("between two items", () => {
  test.each<[Look["separator"], string, string, string]>([
    ["bar", "a  │  b", "a │ b", "a | b"],
    ["dot", "a · b", "a · b", "a - b"],
    ["slash", "a / b", "a / b", "a / b"],
    ["space", "a  b", "a b", "a b"],
    ["powerline", "a  \ue0b1  b", "a \ue0b1 b", "a | b"],
  ])("%s", (separator, wide, narrow, ascii) => {
    const join = (look: Partial<Look>, columns: number) =>
      joiner({ separator, ...look }, columns).join([item("a"), item("b")], columns);
    expect(join({}, 80)).toBe(wide);
    expect(join({}, 79)).toBe(narrow);
    expect(join({ charset: "ascii" }, 79)).toBe(ascii);
  });

  test.each([...SEPARATORS])("%s is as wide as it says", (separator) => {
    for (const depth of [0, 1, 2, 3] as const) {
      const { gap, extra, join } = joiner({ separator }, 100, depth);
      expect(Bun.stringWidth(join([item("ab"), item("cd")], 100))).toBe(4 + gap + extra);
      expect(Bun.stringWidth(join([item("ab")], 100))).toBe(2 + extra);
    }
  });
});

describe("left, middle and right", () => {
  const [l, m, r] = [item("l"), item("m", "flex"), item("r", "right")];
  test.each<[string, Fitted[], string]>([
    ["the right stands at the end", [l, r], "l       r"],
    ["the right alone stands at the end", [r], "        r"],
    ["the middle alone stands at the start", [m], "m"],
    ["the middle stands in the middle", [l, m, r], "l   m   r"],
    ["the order is by side", [r, l], "l       r"],
    ["the middle stands at the end where there is no right", [l, m], "l       m"],
    ["nothing is nothing", [], ""],
  ])("%s", (_, fitted, expected) => {
    expect(joiner({ separator: "space" }, 9).join(fitted, 9)).toBe(expected);
  });
});

describe("segments", () => {
  const look = { separator: "powerline" } as const;

  test("stand on backgrounds that take turns, with edges in their colours", () => {
    const [one, two] = theme.surfaces;
    const line = joiner(look, 40, 3).join([item("a"), item("b")], 40);
    expect(bare(line)).toBe(" a \ue0b0 b \ue0b0");
    expect(line).toContain(`\x1b[${one.edge[3]};${two.background[3]}m\ue0b0\x1b[0m`);
    expect(line.endsWith(`\x1b[${two.edge[3]}m\ue0b0\x1b[0m`)).toBe(true);
  });

  test("at the right have their edges before them", () => {
    expect(bare(joiner(look, 12, 2).join([item("a"), item("b", "right")], 12))).toBe(
      " a \ue0b0    \ue0b2 b ",
    );
  });

  test("fill a row to its last column, and no further", () => {
    const { gap, extra, join } = joiner(look, 8, 2);
    expect(2 + gap + extra).toBe(8);
    expect(bare(join([item("a"), item("b", "right")], 8))).toBe(" a \ue0b0\ue0b2 b ");
  });

  test("are none where there is no room for edges, no background and no Powerline font", () => {
    expect(joiner(look, 3, 3).extra).toBe(0);
    expect(joiner(look, 40, 1).extra).toBe(0);
    expect(joiner({ ...look, charset: "ascii" }, 40, 3).extra).toBe(0);
  });
});
