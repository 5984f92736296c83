import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Form, Tone } from "../../src/module.ts";
import { compose, type Part, type Screen } from "../../src/render/compose.ts";
import { defaultLayout } from "../../src/render/layout.ts";
import { calm } from "../../src/render/theme.ts";

const awkward = fc.constantFrom(
  "日本語",
  "👨‍👩‍👧‍👦",
  "🇩🇪🇫🇷",
  "é́́",
  "שלום",
  "مرحبا",
  "👍🏽",
  "a\u0300",
  "\u200b",
  "ﷺ",
  "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "\u001b[31mred",
  "\u0007",
  "｡ﾊﾟ",
  "❤️",
  "e\u202ex",
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ unit: "grapheme", maxLength: 12 })), { maxLength: 5 })
  .map((all) => all.join(""));
const tone = fc.constantFrom<Tone>(
  "plain",
  "strong",
  "muted",
  "accent",
  "branch",
  "good",
  "warn",
  "bad",
  "track",
);
const form: fc.Arbitrary<Form> = fc.array(fc.record({ text, tone }), { minLength: 1, maxLength: 4 });
const ids = ["project", "git", "model", "context", "time", "cost", "weekly"];
const parts: fc.Arbitrary<Part[]> = fc
  .tuple(
    ...ids.map(() =>
      fc.record({
        forms: fc.array(form, { minLength: 1, maxLength: 4 }),
        freshness: fc.constantFrom("current", "expired", "stale"),
      }),
    ),
  )
  .map((all) =>
    all.map(({ forms, freshness }, n) => ({ moduleId: ids[n] ?? "", forms: () => forms, freshness }) as Part),
  );
const screen: fc.Arbitrary<Screen> = fc.record({
  columns: fc.integer({ min: 1, max: 200 }),
  rows: fc.constantFrom(null, 10, 50),
  depth: fc.constantFrom<Screen["depth"]>(0, 1, 2, 3),
});

test("no line is ever wider than the screen, and none leaves a colour open", () => {
  fc.assert(
    fc.property(parts, screen, (given, on) => {
      const frame = compose(given, defaultLayout, calm, on);
      for (const line of frame.split("\n")) {
        expect(Bun.stringWidth(line)).toBeLessThanOrEqual(on.columns);
        const sequences = line.match(/\u001b\[[\d;]*m/g) ?? [];
        expect(sequences.length % 2).toBe(0);
        expect(sequences.filter((_, n) => n % 2 === 1).every((each) => each === "\u001b[0m")).toBe(true);
        // Nothing from outside reaches the terminal but what can be printed.
        expect(line.replace(/\u001b\[[\d;]*m/g, "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
      }
    }),
    { numRuns: 500 },
  );
});

const plain = (text: string): Form => [{ text, tone: "plain" }];
const part = (moduleId: string, forms: string[], freshness: Part["freshness"] = "current"): Part => ({
  moduleId,
  forms: () => forms.map(plain),
  freshness,
});
const draw = (all: Part[], columns: number, rows: number | null = null) =>
  compose(all, defaultLayout, calm, { columns, rows, depth: 0 }).split("\n");

describe("fitting", () => {
  const all = [
    part("project", ["project", "proj"]),
    part("model", ["Opus 5.5", "Op"]),
    part("context", ["context 10%", "10%"]),
  ];

  test.each([
    [80, "project  │  Opus 5.5  │  context 10%"],
    [32, "project │ Opus 5.5 │ context 10%"],
    [28, "project │ Op │ context 10%"],
    [17, "proj │ Op │ 10%"],
    [11, "proj │ 10%"],
    [4, "10%"],
    [2, "1…"],
  ])("in %i columns: %s", (columns, line) => {
    expect(draw(all, columns)).toEqual([line]);
  });

  test("the clock stands at the right end", () => {
    expect(draw([part("project", ["p"]), part("time", ["12:00"])], 20)).toEqual(["p              12:00"]);
  });

  test("on a low terminal all stand on one line", () => {
    expect(draw([part("project", ["p"]), part("cost", ["$1"])], 90)).toEqual(["p", "$1"]);
    expect(draw([part("project", ["p"]), part("cost", ["$1"])], 90, 14)).toEqual(["p  │  $1"]);
  });

  test("a stale value carries its mark, also where it is narrow", () => {
    expect(draw([part("cost", ["$1.00"], "stale")], 80)).toEqual(["$1.00 🔴"]);
    expect(draw([part("cost", ["$1.00 today", "$1.00"], "stale")], 9)).toEqual(["$1.00 🔴"]);
  });

  test("a form with nothing to see takes no place", () => {
    expect(
      draw([part("project", ["p"]), part("model", ["\u001b[31m", " "]), part("context", ["", "5%"])], 40),
    ).toEqual(["p │ 5%"]);
    expect(draw([part("model", [" "])], 40)).toEqual([""]);
  });

  test("nothing to show is no line", () => {
    expect(draw([{ moduleId: "cost", forms: null, freshness: "current" }], 80)).toEqual([""]);
  });
});
