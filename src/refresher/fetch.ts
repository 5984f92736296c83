import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Entry } from "../cache/entry.ts";
import { entryPath, entryText, readEntry } from "../cache/store.ts";
import { writeAtomic } from "../lib/atomic.ts";
import { messageOf } from "../lib/errors.ts";
import { inTime } from "../lib/in-time.ts";
import { acquire } from "../lib/lock.ts";
import { log } from "../lib/log.ts";
import type { StatusModule, Validation } from "../module.ts";
import { entryName } from "../paths.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { isDue, type Job } from "./jobs.ts";
import { noteFailure, noteTiming } from "./observed.ts";

/** A fetch is cut off at its timeout; killing its processes and writing the entry take less than this (ms). */
export const WIND_UP = 2000;

/**
 * Fetches one value under its lock and stores it, or stores that it failed beside the value that was there.
 * Does nothing when another process holds the lock, or has just fetched the value, and when the key is the session's
 * no longer: its folder may be another repository's by now.
 * @throws system errors when locks or cache cannot be written; what the module's `key` throws
 */
export async function fetchOne(job: Job, world: World): Promise<void> {
  const { module, key, session, settings } = job;
  if (module.key?.(session, world, settings) !== key) return;
  const path = `${world.paths.locks}/${entryName(module.moduleId, key)}.lock`;
  const lock = acquire(path, settings.timeout + WIND_UP);
  if (lock === null) return;
  try {
    if (!isDue(job, world)) return;
    const before = readEntry(world, module.moduleId, key);
    const startedAt = world.now();
    const start = Date.now();
    const tracked: World = {
      ...world,
      exec: (command, options) => world.exec(command, { ...options, onStart: lock.leads }),
    };
    const entry = await attempt(job, tracked, before, startedAt);
    noteTiming({ moduleId: module.moduleId, start, end: Date.now(), failed: entry.failure !== null });
    if (!lock.isHeld()) return;
    // The file's time is the value's. Each failed attempt adds 1 ms: otherwise renders would not notice the change.
    const time = entry.fetchedAt + (entry.failure?.count ?? 0);
    writeAtomic(entryPath(world, module.moduleId, key), entryText(entry), time);
  } finally {
    lock.release();
  }
}

async function attempt(job: Job, world: World, before: Entry | null, startedAt: number) {
  const { module, key, session, sessions, settings } = job;
  const owner = {
    moduleId: module.moduleId,
    sessionId: ownerOf(key, session),
    key,
    lastAccessedAt: startedAt,
  };
  try {
    const { valid, errors, warnings, sanitized } = validate(
      module,
      await inTime(settings.timeout, (signal) =>
        module.fetch?.({ session, sessions, world, signal, settings, before: before?.data ?? null }),
      ),
      session,
    );
    if (!valid) throw new Error(errors.slice(0, 3).join("; "));
    report(world, module, before?.warnings ?? [], warnings);
    const times = { fetchedAt: startedAt, validUntil: startedAt + settings.cacheTTL };
    const fetchCount = (before?.fetchCount ?? 0) + 1;
    return { ...owner, data: sanitized, ...times, fetchCount, failure: null, warnings } satisfies Entry;
  } catch (error) {
    const failure = { at: world.now(), count: (before?.failure?.count ?? 0) + 1, message: messageOf(error) };
    if (before?.failure?.message !== failure.message)
      noteFailure({ source: module.moduleId, message: failure.message, error }, world);
    const nothing = { data: null, fetchedAt: 0, validUntil: 0, fetchCount: 0, warnings: [] };
    return { ...nothing, ...before, ...owner, failure } satisfies Entry;
  }
}

/** `context:<sessionId>` belongs to a session; `git:<root>` does not. */
function ownerOf(key: string, { sessionId }: Session): string | null {
  return sessionId !== null && key.endsWith(`:${sessionId}`) ? sessionId : null;
}

function report(
  world: World,
  module: StatusModule,
  known: readonly string[],
  warnings: readonly string[],
): void {
  for (const warning of warnings) {
    if (!known.includes(warning)) log(world.paths.log, "warning", module.moduleId, warning);
  }
}

/**
 * Checks what a module fetched against its schema, and then with the module's own `validate`: only a valid value may
 * be cached. Properties that the schema does not know are dropped from `sanitized`.
 */
export function validate(module: StatusModule, data: unknown, session: Session): Validation<unknown> {
  const schema = module.schema?.(Type) ?? Type.Unknown();
  const sanitized = Value.Clean(schema, Value.Clone(data));
  const errors = [...Value.Errors(schema, sanitized)].map(
    ({ path, message }) => `${path || "value"}: ${message}`,
  );
  const found = { valid: errors.length === 0, errors, warnings: [], sanitized };
  return found.valid && module.validate !== undefined ? module.validate(sanitized, session) : found;
}
