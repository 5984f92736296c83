import { expect, test } from "bun:test";
import { inTime } from "../../src/lib/in-time.ts";

test("gives what the work gives, and throws what it throws", async () => {
  expect(await inTime(1000, async () => 7)).toBe(7);
  expect(await inTime(1000, () => undefined)).toBeUndefined();
  await expect(inTime(1000, async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});

test("work that never ends is not waited for, and is told so", async () => {
  let aborted = false;
  const work = (signal: AbortSignal) => {
    signal.addEventListener("abort", () => (aborted = true));
    return new Promise<never>(() => {});
  };
  await expect(inTime(20, work)).rejects.toThrow("timed out after 20 ms");
  expect(aborted).toBe(true);
});
