import { defineLive } from "../define-module.ts";
import { timeSpan } from "../lib/quantity.ts";

/** How long the session has been going on. */
export const duration = defineLive({
  moduleId: "duration",
  description: "how long the session has been going on",
  icons: ["⏳", "\uf254", ""],
  uses: ["durations"],
  read: (session) => session.durations.totalMs || null,
  format: (milliseconds) => [
    [
      { text: timeSpan(milliseconds), tone: "plain" },
      { text: " long", tone: "muted" },
    ],
    [{ text: timeSpan(milliseconds), tone: "plain" }],
  ],
});
