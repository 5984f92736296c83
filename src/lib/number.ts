/** What `Math` has, for the render path: its first use there costs a start 75 to 140 µs. */

export function min(a: number, b: number): number {
  return b < a ? b : a;
}

export function max(a: number, b: number): number {
  return b > a ? b : a;
}

/** The whole part of a number from 0 on. */
export function floor(amount: number): number {
  return amount - (amount % 1);
}

/** The nearest whole number to one from 0 on. */
export function round(amount: number): number {
  return floor(amount + 0.5);
}
