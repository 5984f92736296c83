import type { Settings } from "../config/settings.ts";
import { pathsIn } from "../lib/if-there.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { type Linked, linkToProfiles } from "./accounts.ts";
import { type Frame, parseLastRender } from "./last-render.ts";
import { step } from "./step.ts";

/** Sessions that have not rendered for this long are not refreshed. */
const ACTIVE = 10 * 60_000;

/** A session that renders, with its account, its configuration and its last frame. */
export interface Active extends Linked {
  readonly settings: Settings;
  readonly frame: Frame;
}

/** Finds out how a session is configured. */
export type Configure = (session: Pick<Session, "projectDir" | "overrides">) => Settings | Promise<Settings>;

/** The sessions that have rendered lately. One whose last render cannot be read is told of. */
export async function activeSessions(configure: Configure, world: World): Promise<Active[]> {
  const paths = (await step("refresh", world, () => pathsIn(world.paths.frames, ".json"))) ?? [];
  const recent = paths.filter((path) => Date.now() - (world.mtime(path) ?? 0) < ACTIVE);
  const last = await Promise.all(
    recent.map(async (path) => {
      const text = await step("refresh", world, () => world.readText(path));
      return parseLastRender(text, path.slice(path.lastIndexOf("/") + 1, -".json".length));
    }),
  );
  const rendered = last.filter((each) => each !== null);
  const linked = await linkToProfiles(
    rendered.map((each) => each.rest().session),
    world,
  );
  const settings = await Promise.all(linked.map(({ session }) => configure(session)));
  return linked.map((each, n) => ({
    ...each,
    settings: settings[n] as Settings,
    frame: rendered[n]?.frame ?? { text: "", at: 0 },
  }));
}
