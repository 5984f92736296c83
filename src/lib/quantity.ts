/** A count of tokens: `0`, `950`, `23.1k`, `1M`, `1.25M`, `49.6M`. */
export function tokens(count: number): string {
  if (count < 1000) return String(Math.round(count));
  if (count < 999_500) return `${trimZeros((count / 1e3).toFixed(count < 99_950 ? 1 : 0))}k`;
  if (count < 999_500_000) return `${trimZeros((count / 1e6).toFixed(count < 9_995_000 ? 2 : 1))}M`;
  return `${trimZeros((count / 1e9).toFixed(1))}B`;
}

/** Percent rounded, but for what is not quite full: 99.6 is 99. */
export function wholePercent(percent: number): number {
  return percent >= 99.5 && percent < 100 ? 99 : Math.round(percent);
}

/** Percent as text: only what is empty reads `0%`, only what is full `100%`; less than one half is `<1%`. */
export function percentage(percent: number): string {
  return percent > 0 && percent < 0.5 ? "<1%" : `${wholePercent(percent)}%`;
}

/** US dollars: `$0.02`, `$17.03`, `$145`, `$12.3k`; a sum below half a cent that is not 0 reads `<$0.01`. */
export function usd(amount: number): string {
  if (amount < 0) return amount > -0.005 ? "$0.00" : `-${usd(-amount)}`;
  if (amount > 0 && amount < 0.005) return "<$0.01";
  if (amount < 99.995) return `$${amount.toFixed(2)}`;
  if (amount < 9999.5) return `$${amount.toFixed(0)}`;
  if (amount < 999_950) return `$${trimZeros((amount / 1e3).toFixed(1))}k`;
  return `$${trimZeros((amount / 1e6).toFixed(1))}M`;
}

/** A span of time by its two largest units: `45s`, `12m`, `3h32m`, `2d4h`. */
export function timeSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days}d` : `${days}d${hours % 24}h`;
}

/** Milliseconds until `timeSpan` writes a span that runs down otherwise. */
export function timeSpanChangesIn(milliseconds: number): number {
  const unit = milliseconds < 60_000 ? 1000 : milliseconds < 86_400_000 ? 60_000 : 3_600_000;
  return (milliseconds % unit) + 1;
}

type Charset = "unicode" | "ascii";

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** The filled and the empty part of a bar of `cells` columns, in eighths of a cell; `fraction` is 0 to 1. */
export function bar(fraction: number, cells: number, charset: Charset): { filled: string; empty: string } {
  const part = Math.min(1, Math.max(0, fraction));
  if (charset === "ascii") {
    const full = Math.round(part * cells);
    return { filled: "#".repeat(full), empty: "-".repeat(cells - full) };
  }
  const eighths = Math.round(part * cells * 8);
  const full = Math.floor(eighths / 8);
  const rest = EIGHTHS[eighths % 8] ?? "";
  return { filled: "█".repeat(full) + rest, empty: "░".repeat(cells - full - (rest ? 1 : 0)) };
}

const COLUMNS = { unicode: [..."▁▂▃▄▅▆▇█"], ascii: [..."_.-=+*#"] };

/** Amounts from 0 on as columns side by side, each as high as its part of the largest. */
export function sparkline(amounts: readonly number[], charset: Charset): string {
  const heights = COLUMNS[charset];
  const most = Math.max(...amounts, 0) || 1;
  return amounts
    .map((amount) => heights[Math.round((Math.max(0, amount) / most) * (heights.length - 1))] ?? "")
    .join("");
}

function trimZeros(decimal: string): string {
  if (!decimal.includes(".")) return decimal;
  let end = decimal.length;
  while (decimal[end - 1] === "0") end--;
  return decimal.slice(0, decimal[end - 1] === "." ? end - 1 : end);
}
