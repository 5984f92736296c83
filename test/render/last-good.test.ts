import { expect, test } from "bun:test";
import fc from "fast-check";
import { compose } from "../../src/render/compose.ts";
import { replay } from "../../src/render/last-good.ts";
import type { Terminal } from "../../src/render/terminal.ts";
import { partsOf, scene } from "./arbitrary.ts";
import { readLine } from "./sequences.ts";

const shown = (text: string, isStale: boolean, terminal: Partial<Terminal> = {}) =>
  replay(text, isStale, { columns: 80, rows: null, depth: 1, links: false, ...terminal });

test.each([
  ["a frame is as it was", "a\nb", false, {}, "a\nb"],
  ["a stale one says so on its first line", "a\nb", true, {}, "a 🔴\nb"],
  ["lines are cut", "abcdef\nxyz", false, { columns: 8 }, "abcd\nxyz"],
  ["the mark has its room", "abcdef", true, { columns: 9 }, "ab 🔴"],
  ["a wide character is not cut in two", "日本語", false, { columns: 9 }, "日本"],
  ["colours stay", "\x1b[31mab\x1b[0m", false, {}, "\x1b[31mab\x1b[0m"],
  ["and go where there are none", "\x1b[31mab\x1b[0m", false, { depth: 0 as const }, "ab"],
])("%s", (_, text, isStale, terminal, expected) => {
  expect(shown(text, isStale, terminal)).toBe(expected);
});

test("no frame is shown again wider than the terminal is now, nor with anything left open", () => {
  const columns = fc.integer({ min: 1, max: 120 });
  fc.assert(
    fc.property(scene, columns, fc.boolean(), ({ look, screen, values }, columns, isStale) => {
      const frame = compose(partsOf(values), look, screen);
      for (const line of shown(frame, isStale, { columns }).split("\n")) {
        expect(Bun.stringWidth(line)).toBeLessThanOrEqual(Math.max(1, columns - 4));
        expect(readLine(line).faults).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});
