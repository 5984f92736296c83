import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { sgrTable } from "../../src/render/palette.ts";
import { calm } from "../../src/render/theme.ts";

const sgr = (color: string) => sgrTable({ color }).color;
const hex = (rgb: readonly number[]) => `#${rgb.map((each) => each.toString(16).padStart(2, "0")).join("")}`;

describe("a colour without, in 16, in 256 and in all colours", () => {
  test.each<[string, [string, string, string, string]]>([
    ["#8fbf7f", ["", "32", "38;5;108", "38;2;143;191;127"]],
    ["bold #e0707a", ["", "1;31", "1;38;5;168", "1;38;2;224;112;122"]],
    ["#FF8700", ["", "33", "38;5;208", "38;2;255;135;0"]],
    ["bold", ["", "1", "1", "1"]],
    ["", ["", "", "", ""]],
  ])("%p", (color, table) => {
    expect(sgr(color)).toEqual(table);
  });
});

test.each([
  ["#ff0000", "31"],
  ["#00ff00", "32"],
  ["#ffff00", "33"],
  ["#0000ff", "34"],
  ["#ff00ff", "35"],
  ["#00ffff", "36"],
  ["#400000", "31"],
  ["#ffffff", "37"],
  ["#b4bac8", "37"],
  ["#4e5666", "90"],
  ["#000000", "90"],
])("of the 16 colours, %s keeps its hue: %s", (color, code) => {
  expect(sgr(color)[1]).toBe(code);
});

describe("of the 256 colours", () => {
  // xterm's own table: a cube of six levels a channel from 16, and a ramp of greys from 232.
  const LEVELS = [0, 95, 135, 175, 215, 255];
  const cube = LEVELS.flatMap((r) => LEVELS.flatMap((g) => LEVELS.map((b) => [r, g, b])));
  const xterm = [...cube, ...Array.from({ length: 24 }, (_, n) => Array<number>(3).fill(8 + 10 * n))];
  const chosen = (rgb: readonly number[]) =>
    xterm[Number(/^38;5;(\d+)$/.exec(sgr(hex(rgb))[2])?.[1]) - 16] ?? [];
  const distance = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, each, n) => sum + (each - (b[n] ?? Number.NaN)) ** 2, 0);

  test("one that is among them is itself", () => {
    for (const rgb of xterm) expect(chosen(rgb)).toEqual(rgb);
  });

  test("no other is nearer than the one chosen", () => {
    const channel = fc.integer({ min: 0, max: 255 });
    const near = fc.tuple(channel, fc.integer({ min: -12, max: 12 })).map(([grey, off]) => {
      return [grey, grey, Math.min(255, Math.max(0, grey + off))];
    });
    fc.assert(
      fc.property(fc.oneof(fc.tuple(channel, channel, channel), near), (rgb) => {
        const nearest = Math.min(...xterm.map((each) => distance(each, rgb)));
        expect(distance(chosen(rgb), rgb)).toBe(nearest);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the calm theme", () => {
  test.each([
    [0, /^$/],
    [1, /^(1;)?(3[0-7]|90)$/],
    [2, /^(1;)?38;5;\d+$/],
    [3, /^(1;)?38;2;\d+;\d+;\d+$/],
  ] as const)("has a colour of depth %i for every tone", (depth, form) => {
    for (const table of Object.values(calm)) expect(table[depth]).toMatch(form);
  });

  test.each([1, 2, 3] as const)("tells good from a warning from bad at depth %i", (depth) => {
    expect(new Set([calm.good[depth], calm.warn[depth], calm.bad[depth]]).size).toBe(3);
  });
});
