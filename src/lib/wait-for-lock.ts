import { acquire, type Lock } from "./lock.ts";
import { UserError } from "./user-error.ts";

const POLL = 5;

/**
 * Takes a lock as soon as it can be had, for work that a person waits for.
 * @param maxAge milliseconds; see `acquire`
 * @param end epoch milliseconds at which it is given up
 * @throws UserError when somebody else still holds it then; system errors
 */
export async function waitForLock(path: string, maxAge: number, end: number): Promise<Lock> {
  for (;;) {
    const lock = acquire(path, maxAge);
    if (lock !== null) return lock;
    if (Date.now() > end) throw new UserError(1, `another process holds ${path}`, "Try it again.");
    await Bun.sleep(POLL * (1 + Math.random()));
  }
}
