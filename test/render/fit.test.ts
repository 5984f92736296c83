import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { width } from "../../src/lib/text.ts";
import type { Form, Tone } from "../../src/module.ts";
import { compose, type Part, type Screen } from "../../src/render/compose.ts";
import { type Fitted, fit, type Item } from "../../src/render/fit.ts";
import { defaultLayout } from "../../src/render/layout.ts";
import { plainText } from "../../src/render/style.ts";
import { calm } from "../../src/render/theme.ts";

const GAP = 3;
const plain = (text: string): Form => [{ text, tone: "plain" }];
const item = (priority: number, ...forms: string[]): Item => ({
  forms: () => forms.map(plain),
  mark: (form) => form,
  priority,
  right: false,
});
const texts = (fitted: readonly Fitted[]) => fitted.map(({ form }) => plainText(form));
const total = (all: readonly string[]) => all.reduce((sum, text) => sum + width(text) + GAP, -GAP);

describe("the forms that are chosen", () => {
  const items = [item(2, "middle", "mid", "m"), item(3, "highest", "high"), item(1, "lowest", "low", "l")];

  test.each<[string, number, string[]]>([
    ["are the longest where all fit", 25, ["middle", "highest", "lowest"]],
    ["shorten where the least important stands first", 24, ["middle", "highest", "low"]],
    ["shorten next where the next more important stands", 18, ["mid", "highest", "l"]],
    ["are the shortest before anything leaves", 12, ["m", "high", "l"]],
    ["are without the least important, in the order given", 11, ["m", "highest"]],
    ["are the most important's alone", 7, ["highest"]],
    ["are its shorter one", 6, ["high"]],
    ["are cut when even that is too wide", 3, ["hi…"]],
    ["are a mark in one column", 1, ["…"]],
  ])("%s", (_, columns, expected) => {
    expect(texts(fit(items, columns, GAP))).toEqual(expected);
  });

  test("are asked for only as far as they are needed", () => {
    const asked: string[] = [];
    const lazy: Item = {
      ...item(1),
      *forms() {
        for (const text of ["long", "l"]) {
          asked.push(text);
          yield plain(text);
        }
      },
    };
    fit([lazy], 4, GAP);
    expect(asked).toEqual(["long"]);
  });

  test("count with the mark that is added to them", () => {
    const marked: Item = { ...item(1, "long", "l"), mark: (form) => [...form, ...plain(" 🔴")] };
    expect(texts(fit([marked], 7, GAP))).toEqual(["long 🔴"]);
    expect(texts(fit([marked], 6, GAP))).toEqual(["l 🔴"]);
  });

  test("know their side, whether they had to shorten or not", () => {
    const both = [item(2, "left", "l"), { ...item(1, "right", "r"), right: true }];
    for (const columns of [40, 6])
      expect(fit(both, columns, GAP).map(({ right }) => right)).toEqual([false, true]);
  });

  test("of nothing are none", () => {
    expect(fit([], 80, GAP)).toEqual([]);
  });
});

const cluster = fc.constantFrom(
  "日本語",
  "｡ﾊﾟ",
  "👨‍👩‍👧‍👦",
  "👍🏽",
  "❤️",
  "1️⃣",
  "🇩🇪",
  "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "e\u0301\u0301",
  "क्षि",
  "한",
  "שלום",
  "مرحبا",
  "ﷺ",
  "𝐀",
  "\u200b",
);
const printableText = fc
  .array(fc.oneof(cluster, fc.string({ unit: "grapheme", maxLength: 8 })), { minLength: 1, maxLength: 4 })
  .map((all) => `x${all.join("")}`);
const columns = fc.integer({ min: 1, max: 200 });

/** Items of any texts, each with a priority of its own. */
const items = fc
  .array(fc.array(printableText, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 7 })
  .chain((all) =>
    fc
      .shuffledSubarray([...all.keys()], { minLength: all.length })
      .map((priorities) => all.map((forms, n) => item(priorities[n] ?? 0, ...forms))),
  );

describe("any items in any width", () => {
  // The priority rides along in the tone, which `fit` has no eyes for.
  const tag = (form: Form, { priority }: Item) =>
    form.map(({ text }) => ({ text, tone: String(priority) as unknown as Tone }));

  test("are never wider than it", () => {
    fc.assert(
      fc.property(items, columns, (all, room) => {
        expect(total(texts(fit(all, room, GAP)))).toBeLessThanOrEqual(room);
      }),
    );
  });

  test("keep the most important, and lose none that is more important than one that stays", () => {
    fc.assert(
      fc.property(items, columns, (all, room) => {
        const tagged = all.map((each) => ({ ...each, right: false, mark: (form: Form) => tag(form, each) }));
        const kept = fit(tagged, room, GAP).map(({ form }) => Number(form[0]?.tone));
        const best = all.map(({ priority }) => priority).sort((a, b) => b - a);
        expect([...kept].sort((a, b) => b - a)).toEqual(best.slice(0, Math.max(1, kept.length)));
        const order = all.map(({ priority }) => priority).filter((priority) => kept.includes(priority));
        expect(kept).toEqual(order);
      }),
    );
  });

  test("are whole where their longest forms fit", () => {
    fc.assert(
      fc.property(items, (all) => {
        const longest = all.map(({ forms }) => plainText([...forms()][0] ?? []));
        expect(texts(fit(all, total(longest), GAP))).toEqual(longest);
      }),
    );
  });
});

describe("a frame of any text", () => {
  // Pieces of escape sequences too: a name may end in one, and what follows it is another span.
  const pieces = fc.constantFrom(
    "\x1b",
    "\x1b[",
    "\x1b]",
    "\x1b]8;;",
    "\x9b",
    "\x9d",
    "31m",
    "\x07",
    "\x1b[31m",
  );
  const span = fc.record({
    text: fc.oneof({ weight: 4, arbitrary: printableText }, pieces),
    tone: fc.constantFrom<Tone>("plain", "strong", "bad", "track"),
  });
  const given = fc.record({
    moduleId: fc.constantFrom(...defaultLayout.flat().map(({ moduleId }) => moduleId)),
    forms: fc.array(fc.array(span, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
    freshness: fc.constantFrom<Part["freshness"]>("current", "expired", "stale"),
  });
  type Given = typeof given extends fc.Arbitrary<infer Value> ? Value : never;
  const parts = fc.array(given, { maxLength: 6 });
  const draw = (all: readonly Given[], screen: Partial<Screen>) =>
    compose(
      all.map((part) => ({ ...part, forms: () => part.forms })),
      defaultLayout,
      calm,
      { columns: 80, rows: null, depth: 0, ...screen },
    );

  test("is never wider than the screen, in any of 1 to 200 columns", () => {
    fc.assert(
      fc.property(parts, fc.constantFrom(null, 10), (all, rows) => {
        for (let columns = 1; columns <= 200; columns++) {
          for (const line of draw(all, { columns, rows }).split("\n")) {
            expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("closes every colour that it opens, and has no other sequence", () => {
    fc.assert(
      fc.property(parts, columns, fc.constantFrom(1, 2, 3), (all, columns, depth) => {
        for (const line of draw(all, { columns, depth }).split("\n")) {
          const rest = line.replace(/\x1b\[[\d;]+m[^\x1b]*\x1b\[0m/g, "");
          expect(rest).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        }
      }),
    );
  });

  test("says the same in all colours and in none", () => {
    fc.assert(
      fc.property(parts, columns, fc.constantFrom(1, 2, 3), (all, columns, depth) => {
        const bare = draw(all, { columns, depth: 0 });
        expect(draw(all, { columns, depth }).replace(/\x1b\[[\d;]*m/g, "")).toBe(bare);
      }),
    );
  });
});

test("an escape sequence that begins in one span and would end in the next hides no width", () => {
  for (const name of ["p\x1b[", "p\x1b]", "p\x9b"]) {
    const forms = [[...plain(name), ...plain("/0123456789m/x")], plain("p/…/x")];
    const part: Part = { moduleId: "project", forms: () => forms, freshness: "current" };
    expect(compose([part], defaultLayout, calm, { columns: 10, rows: null, depth: 0 })).toBe("p/…/x");
  }
});
