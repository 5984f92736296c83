import { defineFetched } from "../define-module.ts";
import { LIVE } from "../module.ts";

const MINUTE = 60_000;

/**
 * The clock. Local time costs the render path 5 ms in Bun, so the offset to UTC comes from the cache,
 * together with its next change; a session's first render may have none yet and leaves the clock out.
 */
export const time = defineFetched({
  moduleId: "time",
  description: "local time of day",
  icons: ["🕐", "\uf017", ""],
  uses: ["timeZone"],
  config: { ...LIVE, timeout: 1000 },
  source: {
    refreshInterval: 600_000,
    cacheTTL: 3_600_000,
    stalenessThreshold: 7 * 86_400_000,
    timeout: 1000,
    maxRetries: 1,
    retryBackoff: 10_000,
    maxConcurrent: 1,
  },
  schema: (t) =>
    t.Object({
      minutes: t.Number(),
      change: t.Union([t.Object({ at: t.Number(), minutes: t.Number() }), t.Null()]),
    }),
  key: (session) => `time:${session.timeZone}`,
  fetch: async ({ session, world }) =>
    (await import("../sources/utc-offset.ts")).utcOffset(session.timeZone, world.now()),
  read(_session, world, offset) {
    if (offset === null || offset === "pending") return null;
    const now = world.now();
    const minutes =
      offset.change !== null && now >= offset.change.at ? offset.change.minutes : offset.minutes;
    return new Date(now + minutes * 60_000).toISOString().slice(11, 16);
  },
  until: (_clock, now) => now - (now % MINUTE) + MINUTE,
  format: (clock) => [[{ text: clock, tone: "muted" }]],
});
