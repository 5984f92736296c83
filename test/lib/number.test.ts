import { expect, test } from "bun:test";
import fc from "fast-check";
import { floor, max, min, round } from "../../src/lib/number.ts";

const any = fc.double({ noNaN: true });
const amount = fc.oneof(
  fc.double({ min: 0, max: 1e12, noNaN: true }),
  fc.nat(1e9).map((n) => n / 2),
);

test("the same as in Math", () => {
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(min(a, b) + 0).toBe(Math.min(a, b) + 0);
      expect(max(a, b) + 0).toBe(Math.max(a, b) + 0);
    }),
  );
  fc.assert(
    fc.property(amount, (each) => {
      expect([floor(each), round(each)]).toEqual([Math.floor(each), Math.round(each)]);
    }),
  );
});
