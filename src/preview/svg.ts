import { isDark } from "../look/palette.ts";

const CELL = { width: 8.4, height: 20 };
const PAD = 14;

/** How text is drawn, as SGR sequences have set it. */
interface Pen {
  readonly color: string;
  readonly background: string | null;
  readonly bold: boolean;
}

/** Lines with 24-bit SGR colours as an SVG picture of a terminal with that background, `columns` wide. */
export function svg(lines: readonly string[], columns: number, background: string): string {
  const size = { width: columns * CELL.width + 2 * PAD, height: lines.length * CELL.height + 2 * PAD };
  const ink = isDark(background) ? "#c8c8c8" : "#383838";
  const rows = lines.flatMap((line, row) => drawn(line, row, { color: ink, background: null, bold: false }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}">`,
    `  <rect width="100%" height="100%" rx="8" fill="${background}"/>`,
    '  <g font-family="ui-monospace, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14" xml:space="preserve">',
    ...rows.map((element) => `    ${element}`),
    "  </g>",
    "</svg>",
    "",
  ].join("\n");
}

/** One line as elements; links leave no trace. */
function drawn(line: string, row: number, plain: Pen): string[] {
  let [pen, before] = [plain, ""];
  const elements: string[] = [];
  for (const [, sgr, text] of line.matchAll(/\x1b\[([\d;]*)m|\x1b\]8;[^\x1b]*\x1b\\|([^\x1b]+)/g)) {
    if (sgr !== undefined) pen = sgr === "0" || sgr === "" ? plain : changed(pen, sgr);
    if (text === undefined) continue;
    // Widths do not add up: a sign may join the one before it.
    const [column, end] = [Bun.stringWidth(before), Bun.stringWidth(before + text)];
    elements.push(...piece(text, [column, end - column], row, pen));
    before += text;
  }
  return elements;
}

function changed(pen: Pen, sgr: string): Pen {
  const rgb = (base: number) => new RegExp(`${base};2;(\\d+);(\\d+);(\\d+)`).exec(sgr)?.slice(1).join(",");
  const [color, background] = [rgb(38), rgb(48)];
  return {
    color: color === undefined ? pen.color : `rgb(${color})`,
    background: background === undefined ? pen.background : `rgb(${background})`,
    bold: pen.bold || /^1(;|$)/.test(sgr),
  };
}

function piece(
  text: string,
  [column, columns]: readonly [number, number],
  row: number,
  { color, background, bold }: Pen,
): string[] {
  const [x, top] = [PAD + column * CELL.width, PAD + row * CELL.height];
  const width = (columns * CELL.width).toFixed(1);
  const at = `x="${x.toFixed(1)}"`;
  const behind = `<rect ${at} y="${top}" width="${width}" height="${CELL.height}" fill="${background}"/>`;
  const weight = bold ? ' font-weight="bold"' : "";
  const y = (top + 0.72 * CELL.height).toFixed(1);
  const letters = `<text ${at} y="${y}" fill="${color}"${weight} textLength="${width}">${Bun.escapeHTML(text)}</text>`;
  const drawing = edge(text, x, top, color) ?? letters;
  return [...(background === null ? [] : [behind]), ...(text.trim() === "" ? [] : [drawing])];
}

/** Powerline's edges are drawn: hardly anybody's fonts have them where pictures are looked at. */
function edge(text: string, x: number, top: number, color: string): string | null {
  const [from, to] = text === "\ue0b0" ? [x, x + CELL.width] : [x + CELL.width, x];
  if (text !== "\ue0b0" && text !== "\ue0b2") return null;
  const tip = `${to.toFixed(1)},${top + CELL.height / 2}`;
  return `<polygon points="${from.toFixed(1)},${top} ${tip} ${from.toFixed(1)},${top + CELL.height}" fill="${color}"/>`;
}
