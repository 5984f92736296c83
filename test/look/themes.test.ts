import { describe, expect, test } from "bun:test";
import type { Theme } from "../../src/look/look.ts";
import { channels } from "../../src/look/palette.ts";
import { themeOf } from "../../src/look/theme-sgr.ts";
import { type Colors, colors, type ThemeName } from "../../src/look/themes.ts";
import type { Tone } from "../../src/module.ts";
import { contrast, deltaE, rgbOf, seenWith, sights } from "./colours.ts";

const themes = Object.entries(colors) as [ThemeName, Colors][];
const TEXT: readonly Tone[] = ["plain", "strong", "muted", "accent", "branch", "good", "warn", "bad"];
const VERDICTS = ["good", "warn", "bad"] as const;
const DEPTHS = [1, 2, 3] as const;

/** What a tone may stand on: the terminals' backgrounds, and the segments', in the same kind of colours. */
function grounds({ backgrounds }: Colors, theme: Theme, depth: 2 | 3): (readonly number[])[] {
  return [...backgrounds.map(channels), ...theme.surfaces.map(({ background }) => rgbOf(background[depth]))];
}

describe.each(themes)("%s", (_, written) => {
  const theme = themeOf(written);

  test.each([
    [0, /^$/],
    [1, /^(1;)?(3[0-7]|9[0-7])$/],
    [2, /^(1;)?38;5;\d+$/],
    [3, /^(1;)?38;2;\d+;\d+;\d+$/],
  ] as const)("has a colour of depth %i for every tone", (depth, form) => {
    expect(Object.keys(theme.tones).sort()).toEqual([...TEXT, "track"].sort());
    for (const sgr of Object.values(theme.tones)) expect(sgr[depth]).toMatch(form);
  });

  test.each([2, 3] as const)("is read on every background that it is made for, at depth %i", (depth) => {
    const poor: string[] = [];
    for (const [tone, least] of [...TEXT.map((tone) => [tone, 4.5] as const), ["track", 1.5] as const]) {
      for (const ground of grounds(written, theme, depth)) {
        const ratio = contrast(rgbOf(theme.tones[tone][depth]), ground);
        if (ratio < least) poor.push(`${tone} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
    expect(poor).toEqual([]);
  });

  test.each(DEPTHS)("tells good from a warning from bad at depth %i", (depth) => {
    expect(new Set(VERDICTS.map((tone) => theme.tones[tone][depth])).size).toBe(3);
  });

  test.each([2, 3] as const)("has two surfaces that differ at depth %i", (depth) => {
    expect(new Set(theme.surfaces.map(({ background }) => background[depth])).size).toBe(2);
  });

  test("has a description", () => expect(written.description).not.toBe(""));
});

test.each(
  themes.filter(([name]) => name !== "mono"),
)("%s: good, warn and bad differ in colour, not in weight alone", (_, written) => {
  const { tones } = themeOf(written);
  for (const depth of DEPTHS)
    expect(new Set(VERDICTS.map((tone) => tones[tone][depth].replace(/^1;/, ""))).size).toBe(3);
});

describe("among the themes", () => {
  const ratios = ({ tones, backgrounds, surfaces }: Colors) =>
    [...backgrounds, ...surfaces].map((each) => contrast(channels(tones.plain), channels(each)));
  const isLight = ({ backgrounds }: Colors) =>
    backgrounds.every((each) => contrast(channels(each), [0, 0, 0]) > 10);

  test("are at least eight, two of them for light backgrounds", () => {
    expect(themes.length).toBeGreaterThanOrEqual(8);
    expect(themes.filter(([, theme]) => isLight(theme)).map(([name]) => name)).toEqual(["daylight", "latte"]);
  });

  test("is one of high contrast: plain text has a ratio of 7 everywhere", () => {
    expect(Math.min(...ratios(colors.contrast))).toBeGreaterThanOrEqual(7);
  });

  test.each([2, 3] as const)("is one safe for colour blindness, at depth %i", (depth) => {
    const { tones } = themeOf(colors.okabe);
    for (const sight of sights) {
      const [good, warn, bad] = VERDICTS.map((tone) => seenWith(sight, rgbOf(tones[tone][depth])));
      const pairs = { "good, warn": [good, warn], "warn, bad": [warn, bad], "good, bad": [good, bad] };
      for (const [names, [one = [], other = []]] of Object.entries(pairs))
        expect([sight, names, deltaE(one, other) >= 20]).toEqual([sight, names, true]);
    }
  });
});

test.each([
  [[0, 0, 0], [255, 255, 255], 21, 100],
  [[255, 0, 0], [255, 0, 0], 1, 0],
  [[118, 118, 118], [255, 255, 255], 4.54, 50.43],
])("the measures of %j on %j", (one, other, ratio, distance) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 1);
  expect(deltaE(one, other)).toBeCloseTo(distance, 0);
});
