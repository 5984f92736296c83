import { defineLive } from "../define-module.ts";

/** The client's version. */
export const version = defineLive({
  moduleId: "version",
  description: "Claude Code's version",
  icons: ["📦", "\uf02b", ""],
  uses: ["version"],
  read: (session) => session.version,
  format: (number) => [[{ text: `v${number}`, tone: "muted" }]],
});
