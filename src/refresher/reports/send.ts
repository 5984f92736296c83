import { statSync } from "node:fs";
import { writeAtomic } from "../../lib/atomic.ts";
import { removeIfThere } from "../../lib/if-there.ts";
import type { World } from "../../world.ts";
import { contentOf, waiting } from "./spool.ts";
import type { Target } from "./target.ts";

/** Milliseconds that one run spends on the network. */
const TIMEOUT = 2000;
/** Milliseconds without an attempt after one that has failed; a server may ask for up to `LONGEST_PAUSE`. */
const PAUSE = 10 * 60_000;
const LONGEST_PAUSE = 86_400_000;

/** Its time says when the next attempt may be made. */
const markOf = ({ paths }: World) => `${paths.reports}/.not-before`;

/**
 * Sends the reports that wait, the oldest first, until all are sent or one fails; then there is a pause, for every process.
 * @throws system errors
 */
export async function send(target: Target, world: World): Promise<void> {
  const due = waiting(world);
  if (due.length === 0 || Date.now() < notBefore(world)) return;
  const signal = AbortSignal.timeout(TIMEOUT);
  for (const each of due) {
    const envelope = contentOf(each);
    const pause = envelope === null ? 0 : await post(envelope, target, signal);
    if (pause > 0) return writeAtomic(markOf(world), "", Date.now() + pause);
    removeIfThere(each.path);
  }
  removeIfThere(markOf(world));
}

function notBefore(world: World): number {
  const time = statSync(markOf(world), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return time > Date.now() + LONGEST_PAUSE ? 0 : time; // The clock was wrong.
}

/** @returns milliseconds to wait before it is tried again; 0 where it was taken, or never will be */
async function post(body: string, { url, key }: Target, signal: AbortSignal): Promise<number> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-sentry-envelope",
        "User-Agent": "statusline",
        "X-Sentry-Auth": `Sentry sentry_version=7, sentry_client=statusline, sentry_key=${key}`,
      },
      body,
      redirect: "manual",
      signal,
    });
    if (response.status === 429 || response.status >= 500)
      return pauseOf(response.headers.get("retry-after"));
    return 0;
  } catch {
    return PAUSE;
  }
}

function pauseOf(seconds: string | null): number {
  const asked = Number(seconds ?? 0) * 1000;
  return asked > 0 ? Math.min(asked, LONGEST_PAUSE) : PAUSE;
}
