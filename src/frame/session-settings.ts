import type { Settings } from "../config/settings.ts";
import { settingsFor } from "../config/snapshot.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { builtInText } from "./built-in-settings.ts" with { type: "macro" };

/** The settings without any file, variable or flag. */
export const builtIn: Settings = JSON.parse(builtInText());

/** How a session is configured. @throws system errors when files cannot be asked */
export function configured(
  session: Pick<Session, "projectDir" | "overrides">,
  world: World,
): Settings | Promise<Settings> {
  const modules = async () => (await import("../modules/all.ts")).modules;
  return settingsFor(session, modules, builtIn, world);
}
