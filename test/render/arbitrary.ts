import fc from "fast-check";
import { type Layout, type Look, SEPARATORS } from "../../src/look/look.ts";
import type { Screen } from "../../src/look/screen.ts";
import type { Form, Tone } from "../../src/module.ts";
import { modules } from "../../src/modules/all.ts";
import type { Part } from "../../src/render/compose.ts";
import { usableColumns } from "../../src/render/terminal.ts";
import { layoutNames, lookOf, looks } from "../look/looks.ts";

/** Text that terminals, and programs that measure text, find hard. */
const awkward = fc.constantFrom(
  ..."日本語 ｡ﾊﾟ ＡＢ 👨‍👩‍👧‍👦 👍🏽 ❤️ 1️⃣ 🇩🇪🇫🇷 🇩 🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301\u0301 a\u0300 Z̸͔̈́ क्षि ที่ 한 \u1112\u1161\u11ab שלום مرحبا ﷺ 𝐀 葛󠄀".split(
    " ",
  ),
  ..."\u200b \u200d \u00ad \u2060 \ufe0f \u20e3 🏽 \u0301 e\u202ex \u2067x \u200fy".split(" "),
  ..."\t \u0007 \u001b \u001b[ \u001b] \u001b]8;; \u009b \u009d 31m \u001b[31mred \u001b[2J".split(" "),
  ..."\ud83d \ude00 a\ud83d \ufeff \u2028 … → ↻ 🔴 ⚙ ⚠ ⚙\u0007⚠ ░".split(" "),
  "\u001b]8;;https://example.org\u0007here\u001b]8;;\u0007",
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ unit: "grapheme", maxLength: 12 })), { maxLength: 5 })
  .map((all) => all.join(""));
const tone = fc.constantFrom<Tone>(
  ...(["plain", "strong", "muted", "accent", "branch", "good", "warn", "bad", "track"] as const),
);
const link = fc.constantFrom(
  ...[undefined, null, "", "https://example.org/a", "https://example.org/…→"],
  ...["x\u001b\\y", "x\u0007y", "x\u009cy", "file:///tmp/%20"],
);
const span = fc
  .record({ text, tone, link })
  .map(({ link, ...rest }) => (link === undefined ? rest : { ...rest, link: () => link }));
const bar = fc.record({
  bar: fc.double({ min: -1, max: 2, noNaN: true }),
  cells: fc.integer({ min: 1, max: 12 }),
  tone,
});
const spark = fc.record({ spark: fc.array(fc.nat(1000), { maxLength: 10 }), tone });

/** Any way to write a value. */
export const form: fc.Arbitrary<Form> = fc.array(fc.oneof({ weight: 6, arbitrary: span }, bar, spark), {
  minLength: 1,
  maxLength: 4,
});

/** What one module may give. */
export interface Given {
  readonly moduleId: string;
  readonly forms: readonly Form[] | null;
  readonly freshness: Part["freshness"];
}

/** Values of some of the modules. */
export const values: fc.Arbitrary<Given[]> = fc
  .subarray(modules.map(({ moduleId }) => moduleId))
  .chain((names) =>
    fc.tuple(
      ...names.map((moduleId) =>
        fc.record({
          moduleId: fc.constant(moduleId),
          forms: fc.option(fc.array(form, { minLength: 1, maxLength: 3 }), { freq: 12 }),
          freshness: fc.constantFrom<Part["freshness"]>("current", "expired", "stale"),
        }),
      ),
    ),
  );

export const partsOf = (all: readonly Given[]): Part[] =>
  all.map(({ forms, ...rest }) => ({ ...rest, forms: () => forms ?? [] }));

const iconSets = await Promise.all(
  ["none", "emoji", "nerd", "ascii"].map(async (set) => (await lookOf(`--icons=${set}`)).icons),
);

const ALIGNS = ["left", "flex", "right"] as const;

/** The layout as it is, or with its modules at the left, in the middle and at the right by turns. */
const realigned = (lines: Layout, shift: number): Layout =>
  shift === 0
    ? lines
    : lines.map((line) =>
        line.map((place, n) => ({ ...place, align: ALIGNS[(n + shift) % 3] ?? place.align })),
      );

/** Any look: each layout with what goes with it, and with anything else. */
export const look: fc.Arbitrary<Look> = fc.constantFrom(...layoutNames).chain((layout) =>
  fc.record({
    ...(Object.fromEntries(
      Object.entries(looks[layout]).map(([key, value]) => [key, fc.constant(value)]),
    ) as {
      [Key in keyof Look]: fc.Arbitrary<Look[Key]>;
    }),
    lines: fc.nat(3).map((shift) => realigned(looks[layout].lines, shift)),
    icons: fc.constantFrom(looks[layout].icons, ...iconSets),
    separator: fc.constantFrom(looks[layout].separator, ...SEPARATORS),
    charset: fc.constantFrom<Look["charset"]>(looks[layout].charset, "unicode", "ascii"),
    maxLines: fc.nat(6),
    padding: fc.nat(10),
  }),
);

/** A terminal of 1 to 200 columns, less what is left unused. */
export const screenFor = ({ padding }: Look): fc.Arbitrary<Screen> =>
  fc.record({
    columns: fc.integer({ min: 1, max: 200 }).map((all) => usableColumns(all, padding)),
    rows: fc.constantFrom(null, 10, 50),
    depth: fc.constantFrom<Screen["depth"]>(0, 1, 2, 3),
    links: fc.boolean(),
  });

/** A look, a screen and values to show. */
export const scene = look.chain((look) =>
  fc.record({ look: fc.constant(look), screen: screenFor(look), values, faulty: fc.boolean() }),
);
