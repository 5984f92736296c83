import { refresh as refreshAll } from "../broker/refresher.ts";
import { modules } from "../modules/index.ts";
import type { World } from "../world.ts";
import { configured } from "./settings.ts";
import { takesNone } from "./usage.ts";

/**
 * `statusline refresh`: fetches what is due, then ends.
 * @throws UserError for arguments, of which there are none
 */
export function refresh(world: World, args: readonly string[]): Promise<void> {
  takesNone(args, "refresh");
  return refreshAll(modules, (session) => configured(session, world), world);
}
