import { AuthProfile, SessionEntry } from "./schema.ts";

/** The lists of `runtime-state.yaml`. */
export const LISTS = {
  authProfiles: { id: "profileId", item: AuthProfile, open: ["billing", "metadata"] },
  sessions: { id: "sessionId", item: SessionEntry, open: [] },
} as const satisfies Record<string, ListKind>;

interface ListKind {
  /** The field that names an item. */
  readonly id: string;
  /** What an item should be. */
  readonly item: object;
  /** The fields of a new item that get a line for each of their own. */
  readonly open: readonly string[];
}

export type ListName = keyof typeof LISTS;

export const LIST_NAMES = Object.keys(LISTS) as ListName[];
