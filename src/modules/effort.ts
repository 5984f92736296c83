import { defineLive } from "../define-module.ts";
import type { Form } from "../module.ts";

/** How much the model is to think. */
export const effort = defineLive({
  moduleId: "effort",
  description: "the level of effort, and whether the model thinks before it answers",
  icons: ["💡", "\uf0eb", ""],
  uses: ["effort", "thinking"],
  read({ effort: level, thinking }) {
    return level === null && !thinking ? null : { level, thinking: thinking === true };
  },
  format({ level, thinking }) {
    const text = { text: level ?? "thinking", tone: "muted" } as const;
    const both: Form[] = level !== null && thinking ? [[text, { text: " · thinking", tone: "muted" }]] : [];
    return [...both, [text]];
  },
});
