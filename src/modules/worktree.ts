import { defineLive } from "../define-module.ts";
import { truncate } from "../lib/text.ts";
import type { Form } from "../module.ts";

/** The linked work tree that the session works in. */
export const worktree = defineLive({
  moduleId: "worktree",
  description: "the linked work tree that the session works in, and the branch it came from",
  icons: ["🌳", "\uf1bb", "tree"],
  uses: ["worktree"],
  read: (session) => session.worktree,
  format({ name, originalBranch }) {
    const tree = (columns: number) => ({ text: truncate(name, columns), tone: "branch" }) as const;
    const forms: Form[] = [[tree(40)], [tree(24)], [tree(12)]];
    if (originalBranch === null) return forms;
    return [[tree(40), { text: ` from ${truncate(originalBranch, 24)}`, tone: "muted" }], ...forms];
  },
});
