import { min } from "../lib/number.ts";
import { percentage, timeSpan } from "../lib/quantity.ts";
import type { StatusModule } from "../module.ts";

/** Time that the session has waited for the API. */
export const api: StatusModule<{ ms: number; percent: number }> = {
  moduleId: "api",
  description: "share of the session's time that was spent waiting for the API",
  icons: ["📡", "\uf0c2", "api"],
  uses: ["cost"],
  eachRun: true,
  read({ cost: { apiMs, durationMs } }) {
    if (apiMs === null || !durationMs) return null;
    return { ms: apiMs, percent: min(100, (100 * apiMs) / durationMs) };
  },
  format({ ms, percent }) {
    const share = { text: percentage(percent), tone: "plain" } as const;
    return [
      [share, { text: ` API, ${timeSpan(ms)}`, tone: "muted" }],
      [share, { text: " API", tone: "muted" }],
    ];
  },
};
