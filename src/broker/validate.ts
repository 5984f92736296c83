import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { StatusModule, Validation } from "../module.ts";
import type { Session } from "../session.ts";

/**
 * Checks what a module fetched against its schema: only a valid value may be cached. Properties that the
 * schema does not know are dropped from `sanitized`; the module's cross-checks become warnings.
 */
export function validate(module: StatusModule, data: unknown, session: Session): Validation<unknown> {
  const schema = module.schema?.(Type) ?? Type.Unknown();
  const sanitized = Value.Clean(schema, Value.Clone(data));
  const errors = [...Value.Errors(schema, sanitized)].map(
    ({ path, message }) => `${path || "value"}: ${message}`,
  );
  const valid = errors.length === 0;
  return { valid, errors, warnings: valid ? (module.crossCheck?.(sanitized, session) ?? []) : [], sanitized };
}
