import { type Configuration, loadConfiguration } from "../config/load.ts";
import { sourcesFor } from "../config/sources.ts";
import { modules } from "../modules/all.ts";
import { overridesIn } from "../parse-session.ts";
import type { World } from "../world.ts";

/** What is configured where the program was called: by files, variables, and these flags. */
export function configurationHere(world: World, flags: readonly string[] = []): Promise<Configuration> {
  return loadConfiguration(modules, sourcesFor(world.cwd(), world), overridesIn(world.env, flags), world);
}
