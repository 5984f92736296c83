import type { ColorDepth } from "./style.ts";

/** Colours as a theme writes them: `#rrggbb`, `bold #rrggbb`, or "" for the terminal's own foreground. */
export function sgrTable<Name extends string>(colors: Record<Name, string>) {
  const rows = Object.entries<string>(colors).map(([name, color]) => [
    name,
    ([0, 1, 2, 3] as const).map((depth) => parameters(color, depth)),
  ]);
  return Object.fromEntries(rows) as Record<Name, [string, string, string, string]>;
}

function parameters(color: string, depth: ColorDepth): string {
  const rgb = /#[0-9a-f]{6}$/i.exec(color)?.[0];
  if (depth === 0) return "";
  return [
    ...(color.startsWith("bold") ? ["1"] : []),
    ...(rgb === undefined ? [] : [foreground(rgb, depth)]),
  ].join(";");
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
