import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Ink, paint, plainText } from "../../src/render/style.ts";
import { defaults } from "../modules/shown.ts";

const { theme } = defaults.look;
const ink = (depth: Ink["depth"]): Ink => ({ theme, depth });

test.each([
  [0, "x"],
  [1, "\u001b[32mx\u001b[0m"],
  [2, "\u001b[38;5;108mx\u001b[0m"],
  [3, "\u001b[38;2;143;191;127mx\u001b[0m"],
] as const)("depth %i", (depth, painted) => {
  expect(paint([{ text: "x", tone: "branch" }], ink(depth))).toBe(painted);
});

test("a span cannot bring a sequence of its own", () => {
  expect(paint([{ text: "a\u001b[31mb\u001b]8;;http://x\u0007c\u009b1md\n", tone: "plain" }], ink(0))).toBe(
    "abcd",
  );
});

test("what is measured is what is painted, also where a sequence or a sign is split between spans", () => {
  const sequence = ["\x1b", "\x1b[", "\x1b]0;", "\x9b", "31m", "\x07", "\n"];
  const text = fc.constantFrom("", "ab", "日本", "\u{1f600}", "a\ud83d", "\ude00b", ...sequence);
  const tone = fc.constantFrom("plain", "strong", "bad" as const);
  fc.assert(
    fc.property(fc.array(fc.record({ text, tone }), { maxLength: 5 }), (form) => {
      expect(plainText(form)).toBe(paint(form, ink(0)));
      expect(paint(form, ink(3)).isWellFormed()).toBe(true);
    }),
  );
});

describe("a link", () => {
  const painted = (link: string | null) =>
    paint([{ text: "x", tone: "branch", link }], ink(1)).replaceAll("\x1b", "^");

  test.each([
    [
      "stands around the coloured text",
      "https://example.org/a",
      "^]8;;https://example.org/a^\\^[32mx^[0m^]8;;^\\",
    ],
    ["is left out where it would end the sequence itself", "https://a^\\b", "^[32mx^[0m"],
    ["is left out where it has a bell in it", "https://a\x07b", "^[32mx^[0m"],
    ["is left out where it is empty", "", "^[32mx^[0m"],
    ["is left out where there is none", null, "^[32mx^[0m"],
  ])("%s", (_, link, expected) => {
    expect(painted(link?.replaceAll("^", "\x1b") ?? null)).toBe(expected);
  });
});

test.each([
  [0, "48;5;1", "\x1b[48;5;1mx\x1b[0m"],
  [1, "", "\x1b[32mx\x1b[0m"],
  [2, "48;5;236", "\x1b[38;5;108;48;5;236mx\x1b[0m"],
] as const)("at depth %i on background %j", (depth, background, expected) => {
  expect(paint([{ text: "x", tone: "branch" }], ink(depth), background)).toBe(expected);
});
