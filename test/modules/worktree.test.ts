import { expect, test } from "bun:test";
import { worktree } from "../../src/modules/worktree.ts";
import { capture } from "../harness.ts";
import { shown } from "./shown.ts";

test.each([
  ["none", {}, []],
  ["the client's own", capture("stdin-worktree"), ["feat-x from main", "feat-x", "feat-x", "feat-x"]],
  ["the person's", capture("stdin-linked-worktree"), ["wt1", "wt1", "wt1"]],
  [
    "one of long names",
    { worktree: { name: "a".repeat(50), original_branch: "b".repeat(50) } },
    [`${"a".repeat(39)}… from ${"b".repeat(23)}…`, ...[39, 23, 11].map((n) => `${"a".repeat(n)}…`)],
  ],
])("worktree: %s", (_, session, forms) => {
  expect(shown(worktree, session, null)).toEqual(forms);
});
