import { truncate } from "../lib/text.ts";
import type { StatusModule } from "../module.ts";

/** The label of the session's account, where there is more than one. */
export const account: StatusModule<string> = {
  moduleId: "account",
  description: "the account's label, where there is more than one account",
  icons: ["👤", "\uf007", "@"],
  uses: ["profile"],
  read: (session) => session.profile?.label ?? null,
  format: (label) => [
    [{ text: truncate(label, 24), tone: "muted" }],
    [{ text: truncate(label, 10), tone: "muted" }],
  ],
};
