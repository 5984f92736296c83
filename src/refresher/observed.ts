import { log } from "../lib/log.ts";
import type { World } from "../world.ts";

/** What a step of this process failed with, and the message that is in the log for it. */
export interface Failure {
  readonly source: string;
  readonly message: string;
  readonly error: unknown;
}

/** One fetch; times in epoch milliseconds. */
export interface Timing {
  readonly moduleId: string;
  readonly start: number;
  readonly end: number;
  readonly failed: boolean;
}

/** More than one run has to say. */
const MOST = 200;

/** What this process has seen so far, for a report of errors. */
export const observed: { readonly failures: Failure[]; readonly timings: Timing[] } = {
  failures: [],
  timings: [],
};

/** Logs what has failed, and keeps it for the report. */
export function noteFailure(failure: Failure, world: World): void {
  log(world.paths.log, "error", failure.source, failure.message);
  if (observed.failures.length < MOST) observed.failures.push(failure);
}

/** Keeps how long a fetch has taken. */
export function noteTiming(timing: Timing): void {
  if (observed.timings.length < MOST) observed.timings.push(timing);
}
