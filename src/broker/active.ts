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
  /** Hash of the document that it was made from; see `Memo`. */
  readonly document: string;
}

/** Finds out how a session is configured. */
export type Configure = (session: Pick<Session, "projectDir" | "overrides">) => Settings | Promise<Settings>;

/** The sessions that have rendered lately: a function that reads them anew where one has rendered since it was last called. */
export function sessionsIn(configure: Configure, world: World): () => Promise<readonly Active[]> {
  let seen = "";
  let sessions: readonly Active[] = [];
  return async () => {
    const recent = (await step("refresh", world, () => recentFrames(world))) ?? [];
    const now = JSON.stringify(recent);
    if (now !== seen) {
      sessions = await activeSessions(
        recent.map(({ path }) => path),
        configure,
        world,
      );
      seen = now;
    }
    return sessions;
  };
}

function recentFrames(world: World): { path: string; mtime: number }[] {
  const frames = pathsIn(world.paths.frames, ".json").map((path) => ({
    path,
    mtime: world.mtime(path) ?? 0,
  }));
  return frames.filter(({ mtime }) => Date.now() - mtime < ACTIVE);
}

/** One whose last render cannot be read is told of. */
async function activeSessions(
  paths: readonly string[],
  configure: Configure,
  world: World,
): Promise<Active[]> {
  const last = await Promise.all(
    paths.map(async (path) => {
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
    document: rendered[n]?.memo.document ?? "",
  }));
}
