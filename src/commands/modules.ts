import { configurationHere } from "../cli/configuration.ts";
import { printStyled } from "../cli/print.ts";
import { table } from "../cli/table.ts";
import { takesNone } from "../cli/usage.ts";
import { durationText } from "../config/duration.ts";
import { resolve } from "../config/resolve.ts";
import { settingsOf } from "../config/settings.ts";
import { modules as all } from "../modules/all.ts";
import type { World } from "../world.ts";

/**
 * `statusline modules`: the available modules, and which are shown.
 * @throws UserError for arguments, of which there are none
 */
export async function modules(world: World, args: readonly string[]): Promise<void> {
  takesNone(args, "modules");
  const settings = resolve(await configurationHere(world), all);
  const rows = all.map(({ moduleId, description, fetch, source, cachedBy, config }) => {
    const line = settings.look.lines.findIndex((places) =>
      places.some((place) => place.moduleId === moduleId),
    );
    const { enabled } = settingsOf(settings, moduleId);
    const asker = config === undefined && cachedBy !== undefined ? cachedBy : moduleId;
    const place = enabled ? (line < 0 ? "" : `line ${line + 1}`) : "off";
    const isFetched = fetch !== undefined || cachedBy !== undefined;
    const interval = source?.refreshInterval ?? settingsOf(settings, asker).refreshInterval;
    return [moduleId, place, isFetched ? durationText(interval) : "each run", description];
  });
  await printStyled(world, table(["MODULE", "SHOWN", "REFRESHED", "WHAT IT SHOWS"], rows));
}
