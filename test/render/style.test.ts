import { expect, test } from "bun:test";
import fc from "fast-check";
import { colorDepth, paint, plainText } from "../../src/render/style.ts";
import { calm } from "../../src/render/theme.ts";

test.each([
  [{}, 1],
  [{ TERM: "dumb" }, 0],
  [{ TERM: "xterm-256color" }, 2],
  [{ TERM: "xterm-256color", COLORTERM: "truecolor" }, 3],
  [{ COLORTERM: "24bit" }, 3],
  [{ NO_COLOR: "1", FORCE_COLOR: "3" }, 0],
  [{ NO_COLOR: "", COLORTERM: "truecolor" }, 3],
  [{ FORCE_COLOR: "0", COLORTERM: "truecolor" }, 0],
  [{ FORCE_COLOR: "1", COLORTERM: "truecolor" }, 1],
  [{ FORCE_COLOR: "2", TERM: "dumb" }, 2],
  [{ FORCE_COLOR: "3" }, 3],
  [{ FORCE_COLOR: "3", TERM: "dumb" }, 3],
  [{ FORCE_COLOR: "false", COLORTERM: "truecolor" }, 0],
  [{ FORCE_COLOR: "", COLORTERM: "truecolor" }, 3],
  [{ TERM: "dumb", COLORTERM: "truecolor" }, 0],
  [{ TERM: "screen-256color", COLORTERM: "no" }, 2],
] as const)("%j gives depth %i", (env, depth) => {
  expect(colorDepth(env)).toBe(depth);
});

test.each([
  [0, "x"],
  [1, "\u001b[32mx\u001b[0m"],
  [2, "\u001b[38;5;108mx\u001b[0m"],
  [3, "\u001b[38;2;143;191;127mx\u001b[0m"],
] as const)("depth %i", (depth, painted) => {
  expect(paint([{ text: "x", tone: "branch" }], calm, depth)).toBe(painted);
});

test("a span cannot bring a sequence of its own", () => {
  expect(paint([{ text: "a\u001b[31mb\u001b]8;;http://x\u0007c\u009b1md\n", tone: "plain" }], calm, 0)).toBe(
    "abcd",
  );
});

test("what is measured is what is painted, also where a sequence is split between spans", () => {
  const text = fc.constantFrom("ab", "日本", "\x1b", "\x1b[", "\x1b]0;", "\x9b", "31m", "\x07", "\n", "");
  const tone = fc.constantFrom("plain", "strong", "bad" as const);
  fc.assert(
    fc.property(fc.array(fc.record({ text, tone }), { maxLength: 5 }), (form) => {
      expect(plainText(form)).toBe(paint(form, calm, 0));
    }),
  );
});
