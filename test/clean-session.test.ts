import { expect, test } from "bun:test";
import fc from "fast-check";
import { parseSession } from "../src/parse-session.ts";

const amount = fc.oneof(
  fc.integer({ min: -10, max: 2_000_000 }),
  fc.constantFrom(0, 200_000, 1_000_000, -1, 1e308, "200000", "1e3", "", "x", null, true, []),
);

test("whatever a document says, what is left of its context window fits together", () => {
  const document = fc.record({
    size: amount,
    input: amount,
    cached: amount,
    percent: fc.oneof(fc.double(), amount),
  });
  fc.assert(
    fc.property(document, ({ size, input, cached, percent }) => {
      const current_usage = { input_tokens: input, cache_read_input_tokens: cached };
      const context_window = { context_window_size: size, current_usage, used_percentage: percent };
      const { context } = parseSession(JSON.stringify({ context_window }));
      const { size: window, used, usedPercent } = context ?? { size: null, used: null, usedPercent: null };
      if (window !== null) expect(window).toBeGreaterThan(0);
      if (usedPercent !== null) {
        expect(usedPercent).toBeGreaterThanOrEqual(0);
        expect(usedPercent).toBeLessThanOrEqual(100);
      }
      if (used === null || window === null) return;
      expect(used).toBeLessThanOrEqual(window);
      expect(Math.abs((usedPercent ?? Number.NaN) - 100 * (used / window))).toBeLessThanOrEqual(1);
    }),
    { numRuns: 2000 },
  );
});

const ID = "11111111-1111-4111-8111-111111111111";
test.each<[string, object, string[]]>([
  ["nothing doubtful", { session_id: ID }, []],
  ["nothing at all", {}, []],
  ["an id in capitals", { session_id: "ABCDEF01-1111-4111-8111-111111111111" }, []],
  ["no UUID", { session_id: "abc" }, ["session_id is not a UUID"]],
  ["nearly a UUID", { session_id: ID.replace("1", "g") }, ["session_id is not a UUID"]],
  ["a rounded percentage", window(200_000, 50_400, 25), []],
  [
    "another percentage",
    window(200_000, 50_000, 68),
    ["used_percentage is 68, but 50000 tokens are used of 200000; the tokens are used"],
  ],
  [
    "too small a window",
    window(200_000, 219_000, 100),
    ["219000 tokens do not fit a context window of 200000; both size and percentage are ignored"],
  ],
  ["no window", window(0, 5, 1), ["context_window_size is 0; ignored"]],
  ["more than all", window(200_000, null, 140), ["used_percentage is 140; ignored"]],
])("the warnings of a document with %s", (_, document, warnings) => {
  expect(parseSession(JSON.stringify(document)).warnings).toEqual(warnings);
});

function window(context_window_size: number, tokens: number | null, used_percentage: number) {
  const current_usage = tokens === null ? null : { input_tokens: tokens };
  return { session_id: ID, context_window: { context_window_size, current_usage, used_percentage } };
}
