import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { width } from "../../src/lib/text.ts";
import type { Drawn, Shown } from "../../src/look/screen.ts";
import type { Tone } from "../../src/module.ts";
import { fit, type Item, type Line } from "../../src/render/fit.ts";
import { plainText } from "../../src/render/style.ts";

const GAP = 3;
const drawn = (...spans: Shown[]): Drawn => ({ spans, columns: width(plainText(spans)) });
const plain = (text: string): Drawn => drawn({ text, tone: "plain" });
const item = (priority: number, ...forms: string[]): Item => ({
  forms: () => forms.map(plain),
  priority,
  align: "left",
});
const texts = ({ fitted }: Line) => fitted.map(({ form }) => plainText(form.spans));
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
    const asked: number[] = [];
    const lazy: Item = {
      ...item(1),
      forms(count) {
        asked.push(count);
        return [plain("long")];
      },
    };
    fit([lazy], 4, GAP);
    expect(asked).toEqual([1]);
  });

  test("leave those that found no room, in the order given", () => {
    const { dropped } = fit(items, 7, GAP);
    expect(dropped).toEqual([items[0], items[2]] as Item[]);
    expect(fit(items, 12, GAP).dropped).toEqual([]);
  });

  test("know their side, whether they had to shorten or not", () => {
    const both = [item(2, "left", "l"), { ...item(1, "right", "r"), align: "right" as const }];
    for (const columns of [40, 6])
      expect(fit(both, columns, GAP).fitted.map(({ align }) => align)).toEqual(["left", "right"]);
  });

  test("are cut as a whole, where a sign joins the one before it", () => {
    const form = drawn(
      { text: "a⚠", tone: "plain" },
      { text: "\ufe0f", tone: "bad" },
      { text: "b", tone: "good" },
    );
    const one: Item = { forms: () => [form], priority: 1, align: "left" };
    const [cut] = fit([one], 3, GAP).fitted;
    expect(cut?.form).toEqual(plain("a…"));
    expect(fit([one], 4, GAP).fitted[0]?.form).toEqual(form);
  });

  test("of nothing are none", () => {
    expect(fit([], 80, GAP)).toEqual({ fitted: [], dropped: [] });
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
  const tagged = ({ priority, ...rest }: Item): Item => {
    const tone = String(priority) as unknown as Tone;
    return {
      ...rest,
      priority,
      forms: (count) =>
        Array.from(rest.forms(count), ({ spans: [span] }) => drawn({ text: "", ...span, tone })),
    };
  };

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
        const { fitted, dropped } = fit(all.map(tagged), room, GAP);
        const kept = fitted.map(({ form }) => Number(form.spans[0]?.tone));
        const best = all.map(({ priority }) => priority).sort((a, b) => b - a);
        expect([...kept].sort((a, b) => b - a)).toEqual(best.slice(0, Math.max(1, kept.length)));
        const order = all.map(({ priority }) => priority).filter((priority) => kept.includes(priority));
        expect(kept).toEqual(order);
        expect(kept.length + dropped.length).toBe(all.length);
      }),
    );
  });

  test("are whole where their longest forms fit", () => {
    fc.assert(
      fc.property(items, (all) => {
        const longest = all.map(({ forms }) => plainText(forms(1)[0]?.spans ?? []));
        expect(texts(fit(all, total(longest), GAP))).toEqual(longest);
      }),
    );
  });
});
