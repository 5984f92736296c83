/** xterm's colours from 16 on: a cube of six levels a channel, and a ramp of greys. */
const LEVELS = [0, 95, 135, 175, 215, 255];
const cube = LEVELS.flatMap((r) => LEVELS.flatMap((g) => LEVELS.map((b) => [r, g, b])));
export const xterm = [...cube, ...Array.from({ length: 24 }, (_, n) => Array<number>(3).fill(8 + 10 * n))];

/** The red, green and blue that SGR parameters of 256 or of all colours stand for. */
export function rgbOf(sgr: string): readonly number[] {
  const all = /[34]8;2;(\d+);(\d+);(\d+)/.exec(sgr);
  if (all !== null) return all.slice(1).map(Number);
  const one = /[34]8;5;(\d+)/.exec(sgr);
  return xterm[Number(one?.[1]) - 16] ?? [];
}

/** sRGB, 0 to 255, as light, 0 to 1 (IEC 61966-2-1). */
const linear = (channel: number) => {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};
const encoded = (light: number) => {
  const part = Math.min(1, Math.max(0, light));
  return 255 * (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);
};
const times = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, each, n) => sum + each * (vector[n] ?? 0), 0));

const luminance = (rgb: readonly number[]) => times([[0.2126, 0.7152, 0.0722]], rgb.map(linear))[0] ?? 0;

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.1). */
export function contrast(one: readonly number[], other: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * Matrices on linear RGB for people who lack one kind of cone: Viénot, Brettel and Mollon, "Digital video
 * colourmaps for checking the legibility of displays by dichromats", Color Research and Application 24 (1999).
 */
const DICHROMACY = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deuteranopia: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
} as const;
export type Sight = keyof typeof DICHROMACY;
export const sights = Object.keys(DICHROMACY) as Sight[];

/** A colour as such a person sees it. */
export const seenWith = (sight: Sight, rgb: readonly number[]): number[] =>
  times(DICHROMACY[sight], rgb.map(linear)).map(encoded);

/** Distance of two colours in CIE L*a*b* with white D65 (CIE76 ΔE; 2.3 is just noticeable). */
export function deltaE(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(...a.map((each, n) => each - (b[n] ?? 0)));
}

function lab(rgb: readonly number[]): number[] {
  const toXyz = [
    [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
    [0.2126, 0.7152, 0.0722],
    [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
  ];
  const f = (t: number) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : (t * (29 / 6) ** 2) / 3 + 4 / 29);
  const [x = 0, y = 0, z = 0] = times(toXyz, rgb.map(linear)).map(f);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
