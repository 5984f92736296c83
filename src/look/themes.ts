import type { Tone } from "../module.ts";

/** A theme as it is written; every colour is `#rrggbb`, with `bold` before it where it is bold. */
export interface Colors {
  readonly description: string;
  /** Terminal backgrounds that it is made for. */
  readonly backgrounds: readonly string[];
  /** Backgrounds that segments take in turns. */
  readonly surfaces: readonly [string, string];
  readonly tones: Readonly<Record<Tone, string>>;
}

const DARK = ["#000000", "#1e1e1e", "#282c34"];
const LIGHT = ["#ffffff", "#f5f5f5"];

const tones = (
  plain: string,
  strong: string,
  muted: string,
  accent: string,
  branch: string,
  good: string,
  warn: string,
  bad: string,
  track: string,
): Colors["tones"] => ({
  plain,
  strong,
  muted,
  accent: `bold ${accent}`,
  branch,
  good,
  warn,
  bad: `bold ${bad}`,
  track,
});

/** The themes that a person chooses from by name. Named palettes are those of their projects, some made lighter or darker to be read. */
export const colors = {
  calm: {
    description: "soft colours on a dark background",
    backgrounds: DARK,
    surfaces: ["#2b303b", "#1f232b"],
    tones: tones(
      "#b4bac8",
      "#b9a5e8",
      "#9199ab",
      "#6fb3d9",
      "#8fbf7f",
      "#7fb98f",
      "#d9a95f",
      "#e8808a",
      "#565e6e",
    ),
  },
  nord: {
    description: "arctic blues (nordtheme.com)",
    backgrounds: ["#000000", "#1e1e1e", "#2e3440"],
    surfaces: ["#353b49", "#292e39"],
    tones: tones(
      "#d8dee9",
      "#d3b0ce",
      "#adb7c9",
      "#88c0d0",
      "#a3be8c",
      "#a3be8c",
      "#ebcb8b",
      "#f29da6",
      "#616e88",
    ),
  },
  dracula: {
    description: "vivid on dark (draculatheme.com)",
    backgrounds: ["#000000", "#1e1e1e", "#282a36"],
    surfaces: ["#2d303d", "#21222c"],
    tones: tones(
      "#f8f8f2",
      "#bd93f9",
      "#9aa5ce",
      "#8be9fd",
      "#50fa7b",
      "#50fa7b",
      "#ffb86c",
      "#ff7b7b",
      "#6272a4",
    ),
  },
  gruvbox: {
    description: "warm and earthy (gruvbox dark)",
    backgrounds: ["#000000", "#1d2021", "#282828"],
    surfaces: ["#343130", "#282828"],
    tones: tones(
      "#ebdbb2",
      "#e09aac",
      "#b3a58f",
      "#93b5a7",
      "#b8bb26",
      "#8ec07c",
      "#fabd2f",
      "#ff7b6b",
      "#7c6f64",
    ),
  },
  catppuccin: {
    description: "pastel (catppuccin mocha)",
    backgrounds: ["#000000", "#1e1e2e", "#282c34"],
    surfaces: ["#313244", "#1e1e2e"],
    tones: tones(
      "#cdd6f4",
      "#cba6f7",
      "#989eb8",
      "#89b4fa",
      "#a6e3a1",
      "#a6e3a1",
      "#f9e2af",
      "#f38ba8",
      "#6c7086",
    ),
  },
  tokyonight: {
    description: "neon blues (tokyo night)",
    backgrounds: ["#000000", "#1a1b26", "#24283b"],
    surfaces: ["#292e42", "#1a1b26"],
    tones: tones(
      "#c0caf5",
      "#bb9af7",
      "#a0a6c8",
      "#7aa2f7",
      "#98ce6a",
      "#98ce6a",
      "#e0af68",
      "#f7768e",
      "#565f89",
    ),
  },
  mono: {
    description: "greys only; good and bad differ by weight and brightness",
    backgrounds: DARK,
    surfaces: ["#303030", "#1c1c1c"],
    tones: tones(
      "#c6c6c6",
      "#eeeeee",
      "#9a9a9a",
      "#ffffff",
      "#d0d0d0",
      "#b2b2b2",
      "#e4e4e4",
      "#ffffff",
      "#626262",
    ),
  },
  contrast: {
    description: "high contrast on black",
    backgrounds: ["#000000", "#121212"],
    surfaces: ["#262626", "#000000"],
    tones: tones(
      "#ffffff",
      "#ffffff",
      "#d0d0d0",
      "#5fffff",
      "#5fff5f",
      "#5fff5f",
      "#ffff5f",
      "#ff9f9f",
      "#9e9e9e",
    ),
  },
  okabe: {
    description: "safe for colour blindness (Okabe and Ito's colours)",
    backgrounds: DARK,
    surfaces: ["#2b303b", "#1f232b"],
    tones: tones(
      "#d0d0d0",
      "#cc9abf",
      "#9a9a9a",
      "#56b4e9",
      "#f0e442",
      "#56b4e9",
      "#f0e442",
      "#ff8a3d",
      "#606060",
    ),
  },
  daylight: {
    description: "for light backgrounds",
    backgrounds: LIGHT,
    surfaces: ["#e4e7ec", "#f5f5f5"],
    tones: tones(
      "#383f4c",
      "#5f2da0",
      "#555d6b",
      "#00548f",
      "#20683a",
      "#20683a",
      "#875100",
      "#b3202c",
      "#a8aeb8",
    ),
  },
  latte: {
    description: "for light backgrounds, pastel (catppuccin latte)",
    backgrounds: [...LIGHT, "#eff1f5"],
    surfaces: ["#dce0e8", "#eff1f5"],
    tones: tones(
      "#4c4f69",
      "#7527d6",
      "#5b5e75",
      "#1450c8",
      "#2b6d1c",
      "#2b6d1c",
      "#8d5600",
      "#bb0d35",
      "#acb0be",
    ),
  },
} as const satisfies Record<string, Colors>;

export type ThemeName = keyof typeof colors;
