const CELL = { width: 8.4, height: 20 };
const PAD = 14;

/** Lines with 24-bit SGR colours as an SVG picture of a dark terminal, `columns` wide. */
export function svg(lines: readonly string[], columns: number): string {
  const size = { width: columns * CELL.width + 2 * PAD, height: lines.length * CELL.height + 2 * PAD };
  const rows = lines.map((line, row) => {
    const y = (PAD + (row + 0.72) * CELL.height).toFixed(1);
    return `  <text y="${y}" xml:space="preserve">${spans(line).join("")}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}">`,
    '  <rect width="100%" height="100%" rx="8" fill="#1b1f27"/>',
    '  <g font-family="ui-monospace, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14">',
    ...rows,
    "  </g>",
    "</svg>",
    "",
  ].join("\n");
}

function spans(line: string): string[] {
  let column = 0;
  return [...line.matchAll(/\x1b\[([\d;]*)m([^\x1b]*)/g)].flatMap(([, sgr = "", text = ""]) => {
    if (text === "") return [];
    const rgb = /38;2;(\d+);(\d+);(\d+)/.exec(sgr)?.slice(1).join(",");
    const weight = /^1(;|$)/.test(sgr) ? ' font-weight="bold"' : "";
    const x = (PAD + column * CELL.width).toFixed(1);
    const width = Bun.stringWidth(text);
    column += width;
    const length = ` textLength="${(width * CELL.width).toFixed(1)}"`;
    return [
      `<tspan x="${x}" fill="rgb(${rgb ?? "200,200,200"})"${weight}${length}>${Bun.escapeHTML(text)}</tspan>`,
    ];
  });
}
