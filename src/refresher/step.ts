import { messageOf } from "../lib/errors.ts";
import { asUserError } from "../lib/system-error.ts";
import type { World } from "../world.ts";
import { noteFailure } from "./observed.ts";

/**
 * Does one step of the refresher's work. If it fails, that is logged, and the rest goes on.
 * @returns null when it failed
 */
export async function step<Result>(
  source: string,
  world: World,
  work: () => Result | Promise<Result>,
): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    noteFailure({ source, message: messageOf(asUserError(error)), error }, world);
    return null;
  }
}
