import { defineLive } from "../define-module.ts";
import { percentage, timeSpan } from "../lib/quantity.ts";

/** Time that the session has waited for the API. */
export const api = defineLive({
  moduleId: "api",
  description: "share of the session's time that was spent waiting for the API",
  icons: ["📡", "\uf0c2", "api"],
  uses: ["durations"],
  read({ durations: { apiMs, totalMs } }) {
    if (apiMs === null || !totalMs) return null;
    return { ms: apiMs, percent: Math.min(100, (100 * apiMs) / totalMs) };
  },
  format({ ms, percent }) {
    const share = { text: percentage(percent), tone: "plain" } as const;
    return [
      [share, { text: ` API, ${timeSpan(ms)}`, tone: "muted" }],
      [share, { text: " API", tone: "muted" }],
    ];
  },
});
