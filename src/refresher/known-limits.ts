import { readEntry } from "../cache/store.ts";
import { limitsElsewhere } from "../sources/account-index.ts";
import { type AccountLimits, limitsKey, newer } from "../sources/limits.ts";
import type { World } from "../world.ts";

/**
 * The limits of an account as its sessions' rows show them; what another directory of the same login knows is there at
 * once. Null: nothing is known.
 * @throws system errors
 */
export async function knownLimits(profileId: string, world: World): Promise<AccountLimits | null> {
  const entry = readEntry(world, "limits", limitsKey(profileId, world));
  const own = (entry?.data ?? null) as AccountLimits | null;
  const elsewhere = await limitsElsewhere(profileId, world);
  const [first = null, ...others] = own === null ? elsewhere : [own, ...elsewhere];
  return first && others.reduce((all, each) => newer(all, each, world.now()), first);
}
