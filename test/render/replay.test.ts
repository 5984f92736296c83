import { expect, test } from "bun:test";
import fc from "fast-check";
import { compose } from "../../src/render/compose.ts";
import { replay } from "../../src/render/replay.ts";
import type { Terminal } from "../../src/render/terminal.ts";
import { partsOf, scene } from "./arbitrary.ts";
import { readLine } from "./sequences.ts";

const AT = 1_000_000;
const shown = (text: string, age: number, terminal: Partial<Terminal> = {}) =>
  replay({ text, at: AT }, { columns: 80, rows: null, depth: 1, links: false, ...terminal }, AT + age);

test.each([
  ["a young frame is as it was", "a\nb", 59_999, {}, "a\nb"],
  ["an old one says so on its first line", "a\nb", 60_000, {}, "a 🔴\nb"],
  ["one of the future is old too", "a", -60_000, {}, "a 🔴"],
  ["lines are cut", "abcdef\nxyz", 0, { columns: 8 }, "abcd\nxyz"],
  ["the mark has its room", "abcdef", 60_000, { columns: 9 }, "ab 🔴"],
  ["a wide character is not cut in two", "日本語", 0, { columns: 9 }, "日本"],
  ["colours stay", "\x1b[31mab\x1b[0m", 0, {}, "\x1b[31mab\x1b[0m"],
  ["and go where there are none", "\x1b[31mab\x1b[0m", 0, { depth: 0 as const }, "ab"],
])("%s", (_, text, age, terminal, expected) => {
  expect(shown(text, age, terminal)).toBe(expected);
});

test("no frame is shown again wider than the terminal is now, nor with anything left open", () => {
  const columns = fc.integer({ min: 1, max: 120 });
  fc.assert(
    fc.property(scene, columns, fc.boolean(), ({ look, screen, values }, columns, old) => {
      const frame = compose(partsOf(values), look, screen);
      for (const line of shown(frame, old ? 60_000 : 0, { columns }).split("\n")) {
        expect(Bun.stringWidth(line)).toBeLessThanOrEqual(Math.max(1, columns - 4));
        expect(readLine(line).faults).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});
