import type { ColorDepth } from "../look/screen.ts";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Colour depth by the environment. NO_COLOR (non-empty) switches it off (no-color.org); FORCE_COLOR 0 to 3
 * sets the depth; else COLORTERM and TERM do, as Claude Code passes them on.
 */
export function colorDepth(env: Env): ColorDepth {
  if (env.NO_COLOR) return 0;
  const forced = env.FORCE_COLOR;
  if (forced === "0" || forced === "false") return 0;
  if (forced === "1" || forced === "2" || forced === "3") return Number(forced) as ColorDepth;
  if (env.TERM === "dumb") return 0;
  if (env.COLORTERM === "truecolor" || env.COLORTERM === "24bit") return 3;
  return env.TERM?.includes("256") ? 2 : 1;
}

/** Terminals with links, by TERM_PROGRAM, by TERM, and by variables that only they set. */
const PROGRAMS = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "WarpTerminal"];
const TERMS = ["kitty", "alacritty", "foot", "ghostty", "wezterm"];
const MARKS = ["KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "ALACRITTY_WINDOW_ID"];

/**
 * Whether the terminal is known to have OSC 8 links. FORCE_HYPERLINK (0 or 1) decides, as in other programs; else
 * the marks that terminals with links leave in the environment, which tmux and screen pass on.
 */
export function hasLinks(env: Env): boolean {
  if (env.FORCE_HYPERLINK) return env.FORCE_HYPERLINK !== "0";
  if (env.TERM_PROGRAM && PROGRAMS.includes(env.TERM_PROGRAM)) return true;
  for (const name of TERMS) if (env.TERM?.includes(name)) return true;
  for (const name of MARKS) if (env[name]) return true;
  return Number(env.VTE_VERSION) >= 5000;
}

/** The terminal as the environment describes it; older clients do not set COLUMNS and LINES. */
export interface Terminal {
  readonly columns: number | null;
  readonly rows: number | null;
  readonly depth: ColorDepth;
  readonly links: boolean;
}

export function terminalOf(env: Env): Terminal {
  const number = (text: string | undefined) => {
    const value = Number(text);
    return Number.isInteger(value) && value > 0 ? value : null;
  };
  return {
    columns: number(env.COLUMNS),
    rows: number(env.LINES),
    depth: colorDepth(env),
    links: hasLinks(env),
  };
}

/** No terminal is wider; a line filled up to any number at all would be. */
const WIDEST = 2000;
/** Claude Code leaves so many columns unused, besides its padding. */
const UNUSED = 4;

/** Columns that a line may have; a terminal of unknown width has 80. */
export function usableColumns(columns: number | null, padding: number): number {
  return Math.min(WIDEST, Math.max(1, (columns ?? 80) - UNUSED - 2 * padding));
}
