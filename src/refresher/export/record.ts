import { isRecord } from "../../lib/fields.ts";
import { recordPath } from "../../paths.ts";
import { parseFields, type YamlFields } from "../../state/yaml-text.ts";
import type { World } from "../../world.ts";

/** What a record of this program has, and no other's: the last good frame. */
export interface Own {
  readonly statusline: { readonly frame: string };
}

/** Bytes of a session's record; a longer one is damaged. */
export const MAX_RECORD = 1024 * 1024;

/** Whether a session's record, `<session-id>.json`, was written by this program. */
export function isOurs(text: string): boolean {
  return isRecord(parseFields(text)?.statusline);
}

/**
 * Sets fields of a session's record, and keeps all others: older programs write theirs there too. Writes nothing
 * when they are there.
 * @returns the record as it was
 * @throws system errors
 */
export async function updateRecord(
  world: World,
  sessionId: string,
  fields: YamlFields & Own,
): Promise<YamlFields> {
  const path = recordPath(world.paths, sessionId);
  // What is no JSON object has nothing to keep.
  const before = parseFields(world.readText(path, MAX_RECORD) ?? "{}") ?? {};
  const after = { firstSeen: fields.gatheredAt, ...before, ...fields };
  if (Bun.deepEquals(before, after)) return before;
  const { writeAtomic } = await import("../../lib/atomic.ts");
  writeAtomic(path, JSON.stringify(after));
  return before;
}
