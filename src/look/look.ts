import type { Tone } from "../module.ts";

/** A module's place on a line. */
export interface Place {
  readonly moduleId: string;
  /** The least important shortens and leaves first. */
  readonly priority: number;
  /** `flex` is centred in the room that is left. */
  readonly align: "left" | "right" | "flex";
}

/** The lines of the status line, from top to bottom; modules are in the order given. */
export type Layout = readonly (readonly Place[])[];

/** SGR parameters that start a colour, by colour depth: none, 16, 256 and 24-bit colours. */
export type Sgr = readonly [string, string, string, string];

/** The colours of a frame; `surfaces` are the backgrounds that segments take in turns. */
export interface Theme {
  readonly tones: Readonly<Record<Tone, Sgr>>;
  readonly surfaces: readonly [Surface, Surface];
}

/** A colour as a background, and as the foreground of the edge beside it. */
export interface Surface {
  readonly background: Sgr;
  readonly edge: Sgr;
}

export const SEPARATORS = ["bar", "dot", "slash", "space", "powerline"] as const;
export type Separator = (typeof SEPARATORS)[number];

/** How a frame is to look; everything is worked out, nothing is a name any more. */
export interface Look {
  readonly lines: Layout;
  readonly theme: Theme;
  /** The text before each module's value; a module without an icon has none. */
  readonly icons: Readonly<Record<string, string>>;
  readonly separator: Separator;
  readonly charset: "unicode" | "ascii";
  readonly links: "auto" | "always" | "never";
  /** Rows that may be used; 0: as many as the layout has. */
  readonly maxLines: number;
  /** Claude Code's own `padding`, columns at each side. */
  readonly padding: number;
  readonly colorEnabled: boolean;
}
