import { AuthProfile, SessionEntry } from "./schema.ts";

/** The lists of `runtime-state.yaml`. */
export const LISTS = {
  authProfiles: { id: "profileId", item: AuthProfile },
  sessions: { id: "sessionId", item: SessionEntry },
} as const satisfies Record<string, ListKind>;

interface ListKind {
  /** The field that names an item. */
  readonly id: string;
  /** What an item should be. */
  readonly item: object;
}

export type ListName = keyof typeof LISTS;

export const LIST_NAMES = Object.keys(LISTS) as ListName[];
