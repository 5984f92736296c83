import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { presets } from "../../src/look/layouts.ts";
import type { Screen } from "../../src/look/screen.ts";
import type { Form } from "../../src/module.ts";
import { compose } from "../../src/render/compose.ts";
import { layoutNames, looks } from "../look/looks.ts";
import { type Given, partsOf, scene, values } from "./arbitrary.ts";
import { readLine } from "./sequences.ts";

const wide = (line: string) => Bun.stringWidth(line);

describe("any values in any look on any screen", () => {
  test("are never wider than the screen, nor more lines than allowed", () => {
    fc.assert(
      fc.property(scene, ({ look, screen, values, faulty }) => {
        const lines = compose(partsOf(values), look, screen, faulty).split("\n");
        for (const line of lines) expect(wide(line)).toBeLessThanOrEqual(screen.columns);
        const allowed = screen.rows === 10 ? 1 : look.maxLines || look.lines.length;
        expect(lines.length).toBeLessThanOrEqual(allowed);
      }),
      { numRuns: 400 },
    );
  });

  test("close every colour and link that they open, and bring nothing unprintable", () => {
    fc.assert(
      fc.property(scene, ({ look, screen, values, faulty }) => {
        for (const line of compose(partsOf(values), look, screen, faulty).split("\n")) {
          const { faults, links } = readLine(line);
          expect(faults).toEqual([]);
          if (!screen.links) expect(links).toEqual([]);
          for (const link of links)
            expect(link).toMatch(/^(https:\/\/example\.org\/(a|…→)|file:\/\/\/tmp\/%20)$/);
          if (screen.depth === 0) expect(line).not.toMatch(/\x1b\[/);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("say the same with colours and links as without", () => {
    const depths = fc.constantFrom<Screen["depth"]>(1, 2, 3);
    fc.assert(
      fc.property(scene, depths, ({ look, screen, values }, depth) => {
        // Segments have other separators where there are no backgrounds.
        fc.pre(look.separator !== "powerline");
        const text = (on: Partial<Screen>) =>
          compose(partsOf(values), look, { ...screen, ...on })
            .split("\n")
            .map((line) => readLine(line).text);
        expect(text({ depth, links: true })).toEqual(text({ depth: 0, links: false }));
      }),
    );
  });
});

test.each(layoutNames)("%s: in any of 1 to 200 columns no line is too wide", (name) => {
  fc.assert(
    fc.property(values, fc.constantFrom<Screen["depth"]>(0, 3), (all, depth) => {
      for (let columns = 1; columns <= 200; columns += columns < 40 ? 1 : 7) {
        const frame = compose(partsOf(all), looks[name], { columns, rows: null, depth, links: false });
        for (const line of frame.split("\n")) expect(wide(line)).toBeLessThanOrEqual(columns);
      }
    }),
    { numRuns: 12 },
  );
});

describe("with rows enough, every value that has something to show appears", () => {
  const named = (all: readonly Given[]): Given[] =>
    all.map(({ moduleId, forms, freshness }) => ({
      moduleId,
      freshness,
      forms: (forms ?? []).map(
        (form): Form => [...form.slice(0, 1), { text: `<${moduleId}>`, tone: "plain" }],
      ),
    }));

  test.each(layoutNames)("%s", (name) => {
    const look = { ...looks[name], maxLines: 20 };
    const placed = presets[name].lines.flat().map(({ moduleId }) => moduleId as string);
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 90, max: 160 }),
        fc.constantFrom<Screen["depth"]>(0, 3),
        (all, columns, depth) => {
          const given = named(all);
          const frame = compose(partsOf(given), look, { columns, rows: null, depth, links: false });
          for (const { moduleId, forms } of given)
            if (placed.includes(moduleId) && forms?.length) expect(frame).toContain(`<${moduleId}>`);
        },
      ),
    );
  });
});
