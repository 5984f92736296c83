import { expect, test } from "bun:test";
import { colorDepth, paint } from "../../src/render/style.ts";
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
