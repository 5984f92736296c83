import type { Tone } from "../module.ts";

/** Colour of each tone as 24-bit RGB, and whether it is bold; null keeps the terminal's own foreground. */
export type Theme = Readonly<Record<Tone, { readonly rgb: string | null; readonly bold?: true }>>;

/** Calm colours that are readable on dark and on light backgrounds. */
export const calm: Theme = {
  plain: { rgb: "#b4bac8" },
  strong: { rgb: "#b9a5e8" },
  muted: { rgb: "#7f8799" },
  accent: { rgb: "#6fb3d9", bold: true },
  branch: { rgb: "#8fbf7f" },
  good: { rgb: "#7fb98f" },
  warn: { rgb: "#d9a95f" },
  bad: { rgb: "#e0707a", bold: true },
  track: { rgb: "#4e5666" },
};
