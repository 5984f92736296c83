import type { Tone } from "../module.ts";
import { sgrTable } from "./palette.ts" with { type: "macro" };

/** For each tone the SGR parameters that start it, by colour depth: none, 16, 256 and 24-bit colours. */
export type Theme = Readonly<Record<Tone, readonly [string, string, string, string]>>;

/** Calm colours that are readable on dark and on light backgrounds; worked out when the program is built. */
export const calm: Theme = sgrTable({
  plain: "#b4bac8",
  strong: "#b9a5e8",
  muted: "#7f8799",
  accent: "bold #6fb3d9",
  branch: "#8fbf7f",
  good: "#7fb98f",
  warn: "#d9a95f",
  bad: "bold #e0707a",
  track: "#4e5666",
});
