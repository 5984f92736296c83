import { defineLive } from "../define-module.ts";

/** Whether the session runs in fast mode. */
export const fast = defineLive({
  moduleId: "fast",
  description: "whether the session runs in fast mode",
  icons: ["⚡", "\uf0e7", ""],
  uses: ["fastMode"],
  read: (session) => session.fastMode || null,
  format: () => [[{ text: "fast", tone: "warn" }]],
});
