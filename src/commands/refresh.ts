import { refresh as refreshAll } from "../broker/refresher.ts";
import { modules } from "../modules/index.ts";
import type { World } from "../world.ts";

/** Fetches what is due for the active sessions, then ends. Started by renders, detached. */
export function refresh(world: World): Promise<void> {
  return refreshAll(modules, world);
}
