import { messageOf } from "../lib/errors.ts";
import { log } from "../lib/log.ts";
import { asUserError } from "../lib/system-error.ts";
import type { World } from "../world.ts";

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
    log(world.paths.log, "error", source, messageOf(asUserError(error)));
    return null;
  }
}
