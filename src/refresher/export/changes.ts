import { readEntry } from "../../cache/store.ts";
import { note } from "../../cache/write-entry.ts";
import { settingsId } from "../../config/settings.ts";
import type { Billing } from "../../state/schema.ts";
import type { World } from "../../world.ts";
import type { Active } from "../active-sessions.ts";
import type { Job } from "../jobs.ts";
import { step } from "../step.ts";
import type { Gathered } from "./gather.ts";

/** Fields that change by time alone: what is new in them and in nothing else goes into the files once in a while. */
const BY_TIME = new Set([
  ...["lastUpdate", "lastChecked", "lastModifiedAgo", "gatheredAt", "lastActivity"],
  ...["lastFetched", "budgetRemaining", "budgetPercentUsed"],
]);
/** That while, ms. The text of `runtime-state.yaml` costs 100 to 200 ms to change, with 15 sessions in it. */
const PAUSE = 60_000;

/** What went into the files last. */
interface LastExport {
  /** Hash of what the sessions were made from. */
  readonly sources: string;
  /** Hash of what they showed. */
  readonly shown: string;
  /** The state file's time since then. */
  readonly state: number | null;
  /** Epoch ms. */
  readonly at: number;
}

/** What has not been exported yet. */
interface Changes {
  /**
   * Whether there can be any: a session has another document or transcript, a value is another, somebody has changed
   * the state, or the last time is long ago.
   */
  readonly isPossible: boolean;
  /** Whether what the sessions show is any. @param shown their `shownHash` */
  isNew(shown: string): boolean;
  /** Remembers that these sources bring nothing new. @throws system errors */
  seen(): void;
  /** Remembers what has gone into the files. @throws system errors */
  written(shown: string): void;
}

/** Compares the sessions with what went into the files last. */
export async function changesOf(
  active: readonly Active[],
  jobs: readonly Job[],
  world: World,
): Promise<Changes> {
  const key = `state:${world.configDir}`;
  const noted = await step("state", world, () => readEntry(world, "state", key));
  const before = (noted?.data ?? null) as LastExport | null;
  const values = await Promise.all(jobs.map((job) => jobSources(job, world)));
  const sources = hashOf([active.map((each) => sessionSources(each, world)), values]);
  const age = world.now() - (before?.at ?? 0);
  const isOld = before?.state !== world.mtime(world.paths.state) || age >= PAUSE || age < 0;
  return {
    isPossible: isOld || before?.sources !== sources,
    isNew: (shown) => isOld || before?.shown !== shown,
    seen: () => note("state", key, { ...before, sources }, world),
    written(shown) {
      const state = world.mtime(world.paths.state);
      note("state", key, { sources, shown, state, at: world.now() } satisfies LastExport, world);
    },
  };
}

/** The frame itself is left out: it has clocks and countdowns. */
export function shownHash(gathered: readonly Gathered[], billing: ReadonlyMap<string, Billing>): string {
  const shown = gathered.map(({ entry, resolution, session }) => [entry, resolution, session.cost.totalUsd]);
  return hashOf([shown, [...billing]]);
}

function sessionSources({ session, settings, resolution, frame }: Active, world: World): unknown {
  const { sessionId, transcriptPath } = session;
  return [
    sessionId,
    frame.document,
    settingsId(settings),
    resolution,
    transcriptPath && world.mtime(transcriptPath),
  ];
}

/** The cached value, and when something changed beside it: what modules read in each render. */
function jobSources({ module, key, session }: Job, world: World): Promise<unknown> {
  return step(module.moduleId, world, () => {
    const entry = readEntry(world, module.moduleId, key);
    return [entry?.data, entry?.failure, entry?.warnings, module.changedAt?.(session, world)];
  });
}

function hashOf(value: unknown): string {
  const text = JSON.stringify(value, (name, each) => (BY_TIME.has(name) ? undefined : each));
  return Bun.hash(text).toString(16);
}
