import { wrongUsage } from "../cli/usage.ts";
import { configured } from "../frame/session-settings.ts";
import { modules } from "../modules/index.ts";
import { overridesIn } from "../parse-session.ts";
import { refresh as refreshAll } from "../refresher/refresher.ts";
import type { World } from "../world.ts";

/**
 * `statusline refresh`: fetches what is due, then ends. Its flags configure it, `--max-cache-size=100` say.
 * @throws UserError for other arguments
 */
export async function refresh(world: World, args: readonly string[]): Promise<void> {
  if (args.some((arg) => !arg.startsWith("--"))) throw wrongUsage(["refresh"]);
  const own = await configured({ projectDir: null, overrides: overridesIn(world.env, args) }, world);
  await refreshAll(modules, own, (session) => configured(session, world), world);
}
