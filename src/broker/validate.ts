import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { StatusModule, Validation } from "../module.ts";
import type { Session } from "../session.ts";

/**
 * Checks what a module fetched against its schema, and then with the module's own `validate`: only a valid value may
 * be cached. Properties that the schema does not know are dropped from `sanitized`.
 */
export function validate(module: StatusModule, data: unknown, session: Session): Validation<unknown> {
  const schema = module.schema?.(Type) ?? Type.Unknown();
  const sanitized = Value.Clean(schema, Value.Clone(data));
  const errors = [...Value.Errors(schema, sanitized)].map(
    ({ path, message }) => `${path || "value"}: ${message}`,
  );
  const found = { valid: errors.length === 0, errors, warnings: [], sanitized };
  return found.valid && module.validate !== undefined ? module.validate(sanitized, session) : found;
}
