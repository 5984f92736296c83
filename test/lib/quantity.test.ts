import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { bar, sparkline, timeSpan, tokens, usd } from "../../src/lib/quantity.ts";
import { width } from "../../src/lib/text.ts";

const charset = fc.constantFrom("unicode", "ascii");

test.each([
  [0, "0"],
  [950, "950"],
  [999, "999"],
  [1000, "1k"],
  [23_115, "23.1k"],
  [99_949, "99.9k"],
  [99_950, "100k"],
  [200_000, "200k"],
  [999_499, "999k"],
  [999_500, "1M"],
  [1_000_000, "1M"],
  [1_250_000, "1.25M"],
  [9_994_999, "9.99M"],
  [9_995_000, "10M"],
  [49_602_068, "49.6M"],
  [999_500_000, "1B"],
  [2_340_000_000, "2.3B"],
])("%d tokens read %s", (count, text) => {
  expect(tokens(count)).toBe(text);
});

test.each([
  [0, "$0.00"],
  [0.0049, "<$0.01"],
  [0.005, "$0.01"],
  [0.0171, "$0.02"],
  [17.03, "$17.03"],
  [99.99, "$99.99"],
  [99.996, "$100"],
  [145.79, "$146"],
  [9999.4, "$9999"],
  [9999.5, "$10k"],
  [12_345, "$12.3k"],
])("%d dollars read %s", (amount, text) => {
  expect(usd(amount)).toBe(text);
});

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

test.each([
  [-5 * SECOND, "0s"],
  [999, "0s"],
  [45 * SECOND, "45s"],
  [MINUTE - 1, "59s"],
  [MINUTE, "1m"],
  [12 * MINUTE + 59 * SECOND, "12m"],
  [HOUR, "1h"],
  [3 * HOUR + 32 * MINUTE, "3h32m"],
  [DAY - 1, "23h59m"],
  [DAY, "1d"],
  [2 * DAY + 4 * HOUR + 59 * MINUTE, "2d4h"],
])("%d ms read %s", (milliseconds, text) => {
  expect(timeSpan(milliseconds)).toBe(text);
});

describe("bar", () => {
  test.each([
    [0, 4, "", "░░░░"],
    [0.5, 4, "██", "░░"],
    [1, 4, "████", ""],
    [0.03125, 4, "▏", "░░░"],
    [0.96875, 4, "███▉", ""],
    [-1, 2, "", "░░"],
    [7, 2, "██", ""],
    [0.5, 0, "", ""],
  ])("%d of %d cells", (fraction, cells, filled, empty) => {
    expect(bar(fraction, cells, "unicode")).toEqual({ filled, empty });
  });

  test.each([
    [0, 4, "", "----"],
    [0.124, 4, "", "----"],
    [0.125, 4, "#", "---"],
    [0.5, 4, "##", "--"],
    [1, 4, "####", ""],
    [-1, 2, "", "--"],
    [7, 2, "##", ""],
    [0.5, 0, "", ""],
  ])("%d of %d cells in ASCII", (fraction, cells, filled, empty) => {
    expect(bar(fraction, cells, "ascii")).toEqual({ filled, empty });
  });

  test("always takes its cells", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.nat(40), charset, (fraction, cells, set) => {
        const { filled, empty } = bar(fraction, cells, set);
        return width(filled + empty) === cells;
      }),
    );
  });
});

describe("sparkline", () => {
  test.each<[readonly number[], string, string]>([
    [[], "", ""],
    [[5], "█", "#"],
    [[0, 0], "▁▁", "__"],
    [[0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█", "_.-==+*#"],
    [[1, 1000], "▁█", "_#"],
    [[-5, 10], "▁█", "_#"],
  ])("%j", (amounts, unicode, ascii) => {
    expect(sparkline(amounts, "unicode")).toBe(unicode);
    expect(sparkline(amounts, "ascii")).toBe(ascii);
  });

  test("takes a column an amount", () => {
    const amounts = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 30 });
    fc.assert(fc.property(amounts, charset, (all, set) => width(sparkline(all, set)) === all.length));
  });
});
