import { expect, test } from "bun:test";
import { acquire } from "../../src/lib/lock.ts";
import { waitForLock } from "../../src/lib/wait-for-lock.ts";
import { inSandbox } from "../harness.ts";

test("waits until the lock is free, or says who cannot be waited for", () =>
  inSandbox(async ({ path }) => {
    const file = `${path}/a.lock`;
    const first = acquire(file, 60_000);
    await expect(waitForLock(file, 60_000, Date.now() + 50)).rejects.toThrow(`another process holds ${file}`);
    const second = waitForLock(file, 60_000, Date.now() + 5000);
    await Bun.sleep(20);
    first?.release();
    expect((await second).isHeld()).toBe(true);
  }));
