import type { Sgr, Surface } from "./look.ts";

const DEPTHS = [0, 1, 2, 3] as const;

/**
 * A colour as a theme writes it (`#rrggbb`, `bold #rrggbb`) as the SGR parameters of a foreground, for each
 * colour depth.
 * @param onDark whether the background is dark: of the 16 colours the bright blue is read there, the dark one not
 */
export function foreground(color: string, onDark: boolean): Sgr {
  const bold = color.startsWith("bold") ? "1;" : "";
  return DEPTHS.map((depth) =>
    depth === 0 ? "" : bold + parameters(color, depth, 38, onDark),
  ) as unknown as Sgr;
}

/** A colour as a background. The 16 colours are the user's own: none of them is sure to go with the tones. */
export function surface(color: string): Surface {
  const sgr = (base: 38 | 48) =>
    DEPTHS.map((depth) => (depth < 2 ? "" : parameters(color, depth, base, true))) as unknown as Sgr;
  return { background: sgr(48), edge: sgr(38) };
}

/** ECMA-48; 256 colours and RGB as xterm has them. */
function parameters(color: string, depth: number, base: 38 | 48, onDark: boolean): string {
  const rgb = channels(color);
  if (depth === 3) return `${base};2;${rgb.join(";")}`;
  return depth === 2 ? `${base};5;${nearest256(...rgb)}` : String(nearest16(...rgb, onDark));
}

/** The red, green and blue of `#rrggbb`, 0 to 255. */
export function channels(color: string): [number, number, number] {
  const at = color.indexOf("#") + 1;
  return [0, 2, 4].map((n) => Number.parseInt(color.slice(at + n, at + n + 2), 16)) as [
    number,
    number,
    number,
  ];
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
function nearest16(r: number, g: number, b: number, onDark: boolean): number {
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  if (max - min < 40) return onDark ? (max < 150 ? 90 : max < 226 ? 37 : 97) : max < 90 ? 30 : 90;
  const on = (value: number) => value > (max + min) / 2;
  const hue = 30 + (on(r) ? 1 : 0) + (on(g) ? 2 : 0) + (on(b) ? 4 : 0);
  return hue === 34 && onDark ? 94 : hue;
}

/** Whether light text is read on this background, `#rrggbb`. */
export function isDark(background: string): boolean {
  const [red, green, blue] = channels(background);
  return red + green + blue <= 384;
}
