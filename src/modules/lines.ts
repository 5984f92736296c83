import { defineLive } from "../define-module.ts";

/** Lines of code that the session has added and removed. */
export const lines = defineLive({
  moduleId: "lines",
  description: "lines of code that the session has added and removed",
  icons: ["📝", "\uf040", ""],
  uses: ["cost"],
  read({ cost: { linesAdded, linesRemoved } }) {
    const [added, removed] = [linesAdded ?? 0, linesRemoved ?? 0];
    return added + removed === 0 ? null : { added, removed };
  },
  format: ({ added, removed }) => [
    [
      { text: `+${added}`, tone: "good" },
      { text: ` -${removed}`, tone: "bad" },
    ],
  ],
});
