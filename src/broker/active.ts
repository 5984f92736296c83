import { pathsIn } from "../lib/if-there.ts";
import type { World } from "../world.ts";
import { type Linked, linkToProfiles } from "./accounts.ts";
import { parseRecord } from "./record.ts";
import { step } from "./step.ts";

/** Sessions that have not rendered for this long are not refreshed. */
const ACTIVE = 10 * 60_000;

/** A session that renders, with its account and the time of its last new frame (epoch ms). */
export interface Active extends Linked {
  readonly gatheredAt: number;
}

/** The sessions that have rendered lately, each with its account. A record that cannot be read is told of. */
export async function activeSessions(world: World): Promise<Active[]> {
  const paths = (await step("refresh", world, () => pathsIn(world.paths.root, ".json"))) ?? [];
  const recent = paths.filter((path) => Date.now() - (world.mtime(path) ?? 0) < ACTIVE);
  const records = await Promise.all(
    recent.map(async (path) => {
      const text = await step("refresh", world, () => world.readText(path));
      return parseRecord(text, path.slice(path.lastIndexOf("/") + 1, -".json".length));
    }),
  );
  const rendered = records.filter((record) => record !== null);
  const linked = await linkToProfiles(
    rendered.map((record) => record.statusline.session),
    world,
  );
  return linked.map((each, n) => ({ ...each, gatheredAt: rendered[n]?.gatheredAt ?? 0 }));
}
