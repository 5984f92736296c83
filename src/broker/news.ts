import type { Billing, SessionEntry } from "../state/schema.ts";
import type { World } from "../world.ts";
import type { Active } from "./active.ts";
import { readEntry } from "./cache.ts";
import { note } from "./note.ts";

/** Fields that change by time alone: what is new in them and in nothing else goes into the files once in a while. */
const BY_TIME = new Set([
  ...["lastUpdate", "lastChecked", "lastModifiedAgo", "gatheredAt", "lastActivity"],
  ...["lastFetched", "budgetRemaining", "budgetPercentUsed"],
]);
/** That while, ms. The text of `runtime-state.yaml` costs 100 to 200 ms to change, with 15 sessions in it. */
const PAUSE = 60_000;

/** What went into the state last, and the file's time since then. */
interface Told {
  readonly hash: string;
  readonly state: number | null;
  readonly at: number;
}

/** What the sessions show now. */
export interface News {
  /** Whether it is to go into the files. */
  readonly isNew: boolean;
  /** To be called when it has. @throws system errors */
  told(): void;
}

/** Compares what the sessions show with what went into the state last; a state that somebody has changed is news too. */
export function newsOf(
  gathered: readonly (Active & { readonly entry: SessionEntry })[],
  billing: ReadonlyMap<string, Billing>,
  world: World,
): News {
  // The frame itself is left out: clocks and countdowns stand in it.
  const sessions = gathered.map(({ entry, resolution, session }) => [
    entry,
    resolution,
    session.cost.totalUsd,
  ]);
  const shown = [sessions, [...billing]];
  const text = JSON.stringify(shown, (name, value) => (BY_TIME.has(name) ? undefined : value));
  const hash = Bun.hash(text).toString(16);
  const key = `state:${world.configDir}`;
  const before = (readEntry(world, "state", key)?.data ?? null) as Told | null;
  const age = world.now() - (before?.at ?? 0);
  return {
    isNew:
      before?.hash !== hash || before.state !== world.mtime(world.paths.state) || age >= PAUSE || age < 0,
    told: () => note("state", key, { hash, state: world.mtime(world.paths.state), at: world.now() }, world),
  };
}
