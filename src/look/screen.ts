import type { Tone } from "../module.ts";

/** What a terminal can show: no colour, 16 colours, 256 colours, or 24-bit colour. */
export type ColorDepth = 0 | 1 | 2 | 3;

/** The terminal, as far as it shapes a frame. */
export interface Screen {
  /** Columns that the status line may use. */
  readonly columns: number;
  /** Rows of the whole terminal, or null when unknown. */
  readonly rows: number | null;
  readonly depth: ColorDepth;
  readonly links: boolean;
}

/** A piece of text as it is put on the screen; `link` is the address that it leads to. */
export interface Shown {
  readonly text: string;
  readonly tone: Tone;
  readonly link?: string | null;
}

/** A form as it is put on the screen, with the columns that it takes. */
export interface Drawn {
  readonly spans: readonly Shown[];
  readonly columns: number;
}

/** How old a module's part is: past its best it is muted, stale it is marked. */
export type PartFreshness = "current" | "expired" | "stale";
