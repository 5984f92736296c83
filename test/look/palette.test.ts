import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { channels, foreground, surface } from "../../src/look/palette.ts";
import { rgbOf, xterm } from "./colours.ts";

const sgr = (color: string) => foreground(color, true);
const hex = (rgb: readonly number[]) => `#${rgb.map((each) => each.toString(16).padStart(2, "0")).join("")}`;

describe("a colour without, in 16, in 256 and in all colours", () => {
  test.each<[string, [string, string, string, string]]>([
    ["#8fbf7f", ["", "32", "38;5;108", "38;2;143;191;127"]],
    ["bold #e0707a", ["", "1;31", "1;38;5;168", "1;38;2;224;112;122"]],
    ["#FF8700", ["", "33", "38;5;208", "38;2;255;135;0"]],
  ])("%p", (color, table) => {
    expect(sgr(color)).toEqual(table);
  });
});

test.each([
  ["#ff0000", "31"],
  ["#00ff00", "32"],
  ["#ffff00", "33"],
  ["#0000ff", "94"],
  ["#ff00ff", "35"],
  ["#00ffff", "36"],
  ["#400000", "31"],
  ["#ffffff", "97"],
  ["#e4e4e4", "97"],
  ["#b4bac8", "37"],
  ["#4e5666", "90"],
  ["#000000", "90"],
])("of the 16 colours, %s keeps its hue: %s", (color, code) => {
  expect(sgr(color)[1]).toBe(code);
});

test.each([
  ["#0000ff", "34"],
  ["#1450c8", "34"],
  ["#ffffff", "90"],
  ["#383f4c", "30"],
  ["#5d6573", "90"],
  ["#20683a", "32"],
])("on a light background %s is %s", (color, code) => {
  expect(foreground(color, false)[1]).toBe(code);
});

test("a surface is a background, and the foreground of an edge; of the 16 colours it is none", () => {
  expect(surface("#2b303b")).toEqual({
    background: ["", "", "48;5;236", "48;2;43;48;59"],
    edge: ["", "", "38;5;236", "38;2;43;48;59"],
  });
});

test.each([
  ["#8fbf7f", [143, 191, 127]],
  ["bold #FF0000", [255, 0, 0]],
])("the channels of %s", (color, rgb) => {
  expect(channels(color)).toEqual(rgb as [number, number, number]);
});

describe("of the 256 colours", () => {
  const chosen = (rgb: readonly number[]) => rgbOf(sgr(hex(rgb))[2]);
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
