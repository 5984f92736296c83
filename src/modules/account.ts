import { defineLive } from "../define-module.ts";
import { truncate } from "../lib/text.ts";
import { PROJECT_MAY_SET, type TypeBuilder } from "../module.ts";

const options = (t: TypeBuilder) => ({
  always: t.Boolean({
    default: false,
    description: "shown where there is only one account, too; always so where nothing else is on the row",
    ...PROJECT_MAY_SET,
  }),
});

/** The label of the session's account, where there is more than one. */
export const account = defineLive({
  moduleId: "account",
  description: "the account's label, where there is more than one account",
  icons: ["👤", "\uf007", "@"],
  uses: ["profile"],
  options,
  read: ({ profile }, _world, _fetched, { always }) =>
    profile?.label ?? (always ? profile?.name : null) ?? null,
  format: (label) => [
    [{ text: truncate(label, 24), tone: "muted" }],
    [{ text: truncate(label, 10), tone: "muted" }],
  ],
});
