import { printable } from "../lib/text.ts";
import type { Form, Span } from "../module.ts";
import type { Theme } from "./theme.ts";

/** What a terminal can show: no colour, 16 colours, 256 colours, or 24-bit colour. */
export type ColorDepth = 0 | 1 | 2 | 3;

/**
 * What the environment says of colour. NO_COLOR (non-empty) switches it off (no-color.org); FORCE_COLOR 0 to 3
 * sets the depth; else COLORTERM and TERM tell, as Claude Code gives them on.
 */
export function colorDepth(env: Readonly<Record<string, string | undefined>>): ColorDepth {
  if (env.NO_COLOR) return 0;
  const forced = env.FORCE_COLOR;
  if (forced === "0" || forced === "false") return 0;
  if (forced === "2" || forced === "3") return forced === "2" ? 2 : 3;
  if (env.TERM === "dumb") return 0;
  if (/^(truecolor|24bit)$/.test(env.COLORTERM ?? "")) return 3;
  return /256/.test(env.TERM ?? "") ? 2 : 1;
}

/** A form as text with SGR sequences; each span closes what it opens. Text from outside is made printable. */
export function paint(form: Form, theme: Theme, depth: ColorDepth): string {
  return form.map((span) => paintSpan(span, theme, depth)).join("");
}

/** A form as bare text, for measuring. */
export function plainText(form: Form): string {
  return form.map((span) => printable(span.text)).join("");
}

function paintSpan({ text, tone }: Span, theme: Theme, depth: ColorDepth): string {
  const clean = printable(text);
  const { rgb, bold } = theme[tone];
  if (depth === 0 || clean === "") return clean;
  const codes = [...(bold ? ["1"] : []), ...(rgb === null ? [] : [foreground(rgb, depth)])];
  return codes.length === 0 ? clean : `\x1b[${codes.join(";")}m${clean}\x1b[0m`;
}

/** SGR parameters of a foreground colour (ECMA-48; 256 colours and RGB as xterm has them). */
function foreground(rgb: string, depth: 1 | 2 | 3): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(rgb.slice(at, at + 2), 16)) as [
    number,
    number,
    number,
  ];
  if (depth === 3) return `38;2;${r};${g};${b}`;
  return depth === 2 ? `38;5;${nearest256(r, g, b)}` : String(nearest16(r, g, b));
}

// xterm's colour cube and grey ramp: levels of the 6×6×6 cube, greys 8, 18 … 238.
const CUBE = [0, 95, 135, 175, 215, 255];

function nearest256(r: number, g: number, b: number): number {
  const level = (value: number) =>
    CUBE.reduce(
      (best, each, n) => (Math.abs(each - value) < Math.abs((CUBE[best] ?? 0) - value) ? n : best),
      0,
    );
  const [x, y, z] = [level(r), level(g), level(b)];
  const cube = { index: 16 + 36 * x + 6 * y + z, rgb: [CUBE[x] ?? 0, CUBE[y] ?? 0, CUBE[z] ?? 0] };
  const step = Math.min(23, Math.max(0, Math.round(((r + g + b) / 3 - 8) / 10)));
  const grey = { index: 232 + step, rgb: [8 + 10 * step, 8 + 10 * step, 8 + 10 * step] };
  const distance = (c: number[]) => ((c[0] ?? 0) - r) ** 2 + ((c[1] ?? 0) - g) ** 2 + ((c[2] ?? 0) - b) ** 2;
  return distance(grey.rgb) < distance(cube.rgb) ? grey.index : cube.index;
}

/** By hue, as the 16 colours are whatever the user's palette makes of them. */
function nearest16(r: number, g: number, b: number): number {
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  if (max - min < 40) return max < 110 ? 90 : 37;
  const on = (value: number) => value > (max + min) / 2;
  return 30 + (on(r) ? 1 : 0) + (on(g) ? 2 : 0) + (on(b) ? 4 : 0);
}
