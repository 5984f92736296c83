import { writeAtomic } from "../../lib/atomic.ts";
import { readOrNull } from "../../lib/read.ts";
import type { Billing } from "../../state/schema.ts";
import { parseFields } from "../../state/yaml-text.ts";
import type { World } from "../../world.ts";

/**
 * Writes an account's billing to `billing-shared.json`, which older programs read; other fields there stay.
 * @throws UserError, system errors
 */
export function writeBillingShared(world: World, billing: Billing): void {
  const before = parseFields(readOrNull(world.paths.billing) ?? "{}");
  if (before === null) return; // Broken, and maybe a person's: `doctor` reports it, and it is not overwritten.
  const after = { ...before, ...billing };
  if (!Bun.deepEquals(before, after)) writeAtomic(world.paths.billing, JSON.stringify(after));
}
