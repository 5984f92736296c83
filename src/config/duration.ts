import type { TSchema } from "@sinclair/typebox";
import type { TypeBuilder } from "../module.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const TEXT = "^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$";

/** TypeBox type of a span of time, which is written in milliseconds or as `10s`, `5m`, `1h30m`. Limits in milliseconds. */
export function duration(
  t: TypeBuilder,
  options: { default: number; minimum: number; maximum: number; description: string },
) {
  const { minimum, maximum } = options;
  const forms = t.Union([t.Integer({ minimum, maximum }), t.String({ pattern: TEXT })]);
  return t.Unsafe<number>({ ...forms, ...options });
}

export function isDuration(schema: TSchema): boolean {
  return schema.anyOf?.some((form: TSchema) => form.pattern === TEXT) ?? false;
}

/** Milliseconds of `10s`, `5m`, `1h30m` or `180000`; null when it is no span of time. */
export function parseDuration(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  if (!new RegExp(TEXT).test(text)) return null;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return Math.round(
    parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ""] ?? 0), 0),
  );
}

/** Milliseconds in the largest unit that leaves a whole number: `3m`, `90s`, `10ms`. */
export function durationText(milliseconds: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, each]) => milliseconds % each === 0) ?? ["ms", 1];
  return milliseconds === 0 ? "0" : `${milliseconds / size}${unit}`;
}
