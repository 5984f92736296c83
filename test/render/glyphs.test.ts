import { expect, test } from "bun:test";
import type { Form } from "../../src/module.ts";
import { draw, inAscii } from "../../src/render/glyphs.ts";

test.each<[string, Form, string[], string[]]>([
  ["text", [{ text: "a…", tone: "plain" }], ["a…"], ["a~"]],
  ["a bar", [{ bar: 0.5, cells: 4, tone: "good" }], ["██", "░░"], ["##", "--"]],
  ["a bar beyond its ends", [{ bar: 7, cells: 2, tone: "bad" }], ["██", ""], ["##", ""]],
  ["a bar of a part of a cell", [{ bar: 0.3, cells: 4, tone: "good" }], ["█▎", "░░"], ["#", "---"]],
  ["a sparkline", [{ spark: [0, 5, 10], tone: "plain" }], ["▁▅█"], ["_=#"]],
  ["no amounts", [{ spark: [], tone: "plain" }], [""], [""]],
])("%s", (_, form, unicode, ascii) => {
  expect(draw(form, "unicode").map(({ text }) => text)).toEqual(unicode);
  expect(draw(form, "ascii").map(({ text }) => text)).toEqual(ascii);
});

test("the empty part of a bar is a track; a span keeps its link where links are wanted", () => {
  const link = () => "https://example.org/…";
  expect(draw([{ bar: 0.5, cells: 2, tone: "warn" }], "unicode").map(({ tone }) => tone)).toEqual([
    "warn",
    "track",
  ]);
  const arrow: Form = [{ text: "→", tone: "plain", link }];
  expect(draw(arrow, "ascii", true)).toEqual([{ text: "->", tone: "plain", link: link() }]);
  expect(draw(arrow, "unicode", false)).toEqual([{ text: "→", tone: "plain" }]);
});

test.each([
  ["↑2 ↓1 ✖3 ≡4", "^2 v1 !3 *4"],
  ["↻1h · 5–6", "in 1h - 5-6"],
  ["$1 🔴", "$1 (old)"],
  ["⚙⚠", "!config"],
  ["feature/ü-日本", "feature/ü-日本"],
])("%s in ASCII is %s", (text, expected) => {
  expect(inAscii(text)).toBe(expected);
  expect(inAscii(expected)).toBe(expected);
});
