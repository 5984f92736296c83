import type { Billing } from "../state/schema.ts";
import type { World } from "../world.ts";
import type { Active } from "./active.ts";
import { readEntry } from "./cache.ts";
import type { Gathered } from "./fold.ts";
import type { Job } from "./jobs.ts";
import { note } from "./note.ts";
import { step } from "./step.ts";

/** Fields that change by time alone: what is new in them and in nothing else goes into the files once in a while. */
const BY_TIME = new Set([
  ...["lastUpdate", "lastChecked", "lastModifiedAgo", "gatheredAt", "lastActivity"],
  ...["lastFetched", "budgetRemaining", "budgetPercentUsed"],
]);
/** That while, ms. The text of `runtime-state.yaml` costs 100 to 200 ms to change, with 15 sessions in it. */
const PAUSE = 60_000;

/** What went into the files last. */
interface Told {
  /** Hash of what the sessions were made from. */
  readonly made: string;
  /** Hash of what they showed. */
  readonly shown: string;
  /** The state file's time since then. */
  readonly state: number | null;
  readonly at: number;
}

/** What the files do not say yet. */
export interface News {
  /** Whether there can be any: a session has another document, a value is another, or the last time is long ago. */
  readonly isPossible: boolean;
  /** Whether what the sessions show is news. To be asked before the others. */
  isIn(gathered: readonly Gathered[], billing: ReadonlyMap<string, Billing>): boolean;
  /** To be called when it is none. @throws system errors */
  seen(): void;
  /** To be called when it has gone into the files. @throws system errors */
  told(): void;
}

/** Compares the sessions with what went into the files last; a state that somebody has changed is news too. */
export async function newsSince(
  active: readonly Active[],
  jobs: readonly Job[],
  world: World,
): Promise<News> {
  const key = `state:${world.configDir}`;
  const noted = await step("state", world, () => readEntry(world, "state", key));
  const before = (noted?.data ?? null) as Told | null;
  const values = await Promise.all(jobs.map((job) => valueOf(job, world)));
  const made = hashOf([active.map(sourcesOf), values]);
  let shown = "";
  const age = world.now() - (before?.at ?? 0);
  const isOld = before?.state !== world.mtime(world.paths.state) || age >= PAUSE || age < 0;
  return {
    isPossible: isOld || before?.made !== made,
    isIn(gathered, billing) {
      shown = hashOf([gathered.map(shownBy), [...billing]]);
      return isOld || before?.shown !== shown;
    },
    seen() {
      if (before !== null) note("state", key, { ...before, made }, world);
    },
    told() {
      const state = world.mtime(world.paths.state);
      note("state", key, { made, shown, state, at: world.now() } satisfies Told, world);
    },
  };
}

function sourcesOf({ session, resolution, document }: Active): unknown {
  return [session.sessionId, document, resolution];
}

async function valueOf({ module, key }: Job, world: World): Promise<unknown> {
  const entry = await step(module.moduleId, world, () => readEntry(world, module.moduleId, key));
  return entry && [entry.data, entry.failure];
}

/** The frame itself is left out: clocks and countdowns stand in it. */
function shownBy({ entry, resolution, session }: Gathered): unknown {
  return [entry, resolution, session.cost.totalUsd];
}

function hashOf(value: unknown): string {
  const text = JSON.stringify(value, (name, each) => (BY_TIME.has(name) ? undefined : each));
  return Bun.hash(text).toString(16);
}
