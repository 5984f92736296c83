import { MAX_FRAME, parseFrame, type SavedFrame } from "../cache/saved-frame.ts";
import type { Settings } from "../config/settings.ts";
import { pathsIn } from "../lib/if-there.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { type Linked, linkToProfiles } from "./accounts.ts";
import { step } from "./step.ts";

/** Sessions that have not rendered for this long are not refreshed. */
const ACTIVE = 10 * 60_000;

/** A session that renders, with its account, its configuration and its last frame. */
export interface Active extends Linked {
  readonly settings: Settings;
  readonly frame: SavedFrame;
}

/** Finds out how a session is configured. */
export type Configure = (session: Pick<Session, "projectDir" | "overrides">) => Settings | Promise<Settings>;

/** The last renders of the sessions that have rendered lately, with their times: what there is to be looked at. */
export function recentFrames(world: World): { path: string; mtime: number }[] {
  const frames = pathsIn(world.paths.frames, ".json").map((path) => ({
    path,
    mtime: world.mtime(path) ?? 0,
  }));
  return frames.filter(({ mtime }) => Date.now() - mtime < ACTIVE);
}

/** The sessions whose last renders these are. One that cannot be read, or is being written, is left out. */
export async function activeSessions(
  frames: readonly { readonly path: string }[],
  configure: Configure,
  world: World,
): Promise<Active[]> {
  const last = await Promise.all(
    frames.map(async ({ path }) => {
      const text = await step("refresh", world, () => world.readText(path, MAX_FRAME));
      return parseFrame(text, path.slice(path.lastIndexOf("/") + 1, -".json".length));
    }),
  );
  const rendered = last.filter((each) => each !== null);
  const linked = await linkToProfiles(
    rendered.map((each) => each.details().session),
    world,
  );
  const settings = await Promise.all(linked.map(({ session }) => configure(session)));
  return linked.map((each, n) => ({
    ...each,
    settings: settings[n] as Settings,
    frame: rendered[n] as SavedFrame,
  }));
}
