import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { head, isPrintable, printable, truncate, width } from "../../src/lib/text.ts";

const anyText = fc.string({ unit: "binary", maxLength: 40 });
/** Any UTF-16, halves of surrogate pairs included, and pieces of escape sequences. */
const hostile = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom("\x1b", "\x1b[31m", "\x1b]8;;http://x\x07", "\x9b2J", "[", "m", "\ud83d", "\ude00"),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(""));

describe("printable", () => {
  test.each([
    ["plain text stays", "feature/ü-日本-😀", "feature/ü-日本-😀"],
    ["colours go", "\x1b[31mred\x1b[0m", "red"],
    ["links go, their text stays", "\x1b]8;;https://example.org\x07here\x1b]8;;\x07", "here"],
    ["newlines, tabs and returns go", "a\n\r\tb", "ab"],
    ["C1 controls and DEL go", "a\u0085\u007fb", "ab"],
    ["a lone ESC goes", "a\x1b", "a"],
    ["bidi overrides and isolates go", "a\u202eb\u2066c\u200fd", "abcd"],
    ["line and paragraph separators go", "a\u2028\u2029b", "ab"],
    ["a byte order mark goes", "\ufeffa", "a"],
    ["half a surrogate pair goes, a whole one stays", "\ud83da\ude00😀", "a😀"],
    ["joined emoji stay joined", "👩‍💻", "👩‍💻"],
  ])("%s", (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test("leaves nothing unprintable of any text", () => {
    fc.assert(fc.property(hostile, (text) => isPrintable(printable(text))));
  });

  test("leaves what is said to be printable as it is, and nothing else", () => {
    const signs = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 3 });
    const unprintable =
      /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;
    fc.assert(
      fc.property(signs, (codes) => {
        const text = `a${String.fromCharCode(...codes)}`;
        expect(isPrintable(text)).toBe(!unprintable.test(text));
      }),
      { numRuns: 5000 },
    );
    for (let code = 0; code <= 0xffff; code++) {
      const text = String.fromCharCode(code);
      if (isPrintable(text) === unprintable.test(text)) throw new Error(`U+${code.toString(16)}`);
    }
  });

  test("changes nothing the second time", () => {
    fc.assert(fc.property(hostile, (text) => printable(printable(text)) === printable(text)));
  });
});

test.each([
  ["", 0],
  ["abc", 3],
  ["日本", 4],
  ["e\u0301", 1],
  ["🔴", 2],
  ["\x1b[1;31mab\x1b[0m", 2],
  ["\x1b]8;;https://example.org\x07ab\x1b]8;;\x07", 2],
])("width of %j is %d", (text, columns) => {
  expect(width(text)).toBe(columns);
});

describe("truncate", () => {
  test.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["abcd", 1, "…"],
    ["abcd", 0, ""],
    ["日本語", 5, "日本…"],
    ["日本語", 4, "日…"],
    ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
    ["xa🏽", 3, "x…"],
    ["ខ្មែរ", 3, "…"],
    ["က္ကခ", 2, "…"],
  ])("%j in %d columns is %j", (text, columns, expected) => {
    expect(truncate(text, columns)).toBe(expected);
  });

  test("is never wider than asked, for any printable text", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.nat(30),
        (text, columns) => width(truncate(printable(text), columns)) <= columns,
      ),
    );
  });

  test("never leaves half a surrogate pair", () => {
    fc.assert(
      fc.property(anyText, fc.nat(30), (text, columns) => truncate(printable(text), columns).isWellFormed()),
    );
  });
});

describe("head", () => {
  test.each([
    ["abc", 5, "abc"],
    ["abc", 2, "ab"],
    ["abc", 0, ""],
    ["abc", -1, ""],
    ["日本", 3, "日"],
    ["日本", 1, ""],
    ["\x1b[31m日本\x1b[0m", 3, "\x1b[31m日\x1b[39m"],
    ["\x1b]8;;x\x1b\\ab\x1b]8;;\x1b\\", 1, "\x1b]8;;x\x1b\\a\x1b]8;;\x1b\\"],
  ])("%j in %d columns is %j", (text, columns, expected) => {
    expect(head(text, columns)).toBe(expected);
  });

  test("ends where a character ends", () => {
    const graphemes = new Intl.Segmenter("und");
    const text = fc
      .array(fc.oneof(fc.string({ unit: "grapheme", maxLength: 4 }), anyText))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, fc.nat(20), (text, columns) => {
        const whole = printable(text);
        const { length } = head(whole, columns);
        return length === whole.length || graphemes.segment(whole).containing(length)?.index === length;
      }),
    );
  });
});
