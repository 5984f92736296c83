import { Type } from "@sinclair/typebox";
import { modules } from "./all.ts";

/**
 * For each module that fetches a value a number that changes with the value's schema, as JSON. Runs when the program is
 * built: an entry that another build wrote for another schema is a miss.
 */
export function shapesText(): string {
  const schemas = modules.filter(({ fetch }) => fetch !== undefined);
  const shapes = schemas.map(({ moduleId, schema }) => {
    const hash = Bun.hash(JSON.stringify(schema?.(Type))) as bigint;
    return [moduleId, Number(hash & 0xffff_ffffn)];
  });
  return JSON.stringify(Object.fromEntries(shapes));
}
