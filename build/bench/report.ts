import type { Sample } from "./measure.ts";

/** What a run of the benchmark found; `build/bench.json` holds the one that docs/performance.md shows. */
export interface Report {
  readonly machine: string;
  readonly versions: string;
  readonly command: string;
  readonly pairs: number;
  /** Milliseconds; the floor is an empty compiled Bun program. */
  readonly renders: Readonly<Record<string, Measured>>;
  readonly large: Readonly<Record<string, Measured>> | null;
  readonly peers: Readonly<Record<string, Sample>>;
  /** Milliseconds that 15 at once take in all. */
  readonly together: Readonly<Record<string, number>>;
  /** Bytes; of the refresher the most at any time. */
  readonly privateMemory: Readonly<Record<string, number>>;
  /** Milliseconds of a warm render that `--timings` tells of, stdin and printing apart. */
  readonly ownWork: number;
  /** Parts of one core that so many sessions take, each rendered every `interval` seconds. */
  readonly sessions: {
    readonly count: number;
    readonly interval: number;
    readonly statusline: number;
    readonly floor: number;
  } | null;
}

/** A sample, with the floor of its own rounds where that is not the report's. */
interface Measured extends Sample {
  readonly floor?: Sample;
}

/** The report as Markdown, for the terminal and for docs/performance.md. */
export function markdown(report: Report): string {
  const first = report.renders.floor ?? { wall: 1, cpu: 1 };
  // A report from before copies were measured has no spreads.
  const hasSpread = first.spread !== undefined;
  const spreadOf = (spread: number | undefined) =>
    spread === undefined ? "" : `${(100 * spread).toFixed(0)} %`;
  const row = (name: string, { wall, cpu, spread, floor = first }: Measured) =>
    `| ${name} | ${wall.toFixed(1)} | ${cpu.toFixed(1)} | ${(wall / floor.wall).toFixed(2)} | ${(cpu / floor.cpu).toFixed(2)} |${hasSpread ? ` ${spreadOf(spread)} |` : ""}`;
  const rows = (samples: Readonly<Record<string, Measured>>, label: (name: string) => string) =>
    Object.entries(samples).map(([name, sample]) => row(label(name), sample));
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const { floor: one = 1, statusline: ours = 1 } = report.together;
  return [
    `${report.machine}; ${report.versions}. Medians of up to ${report.pairs} rounds in turns (\`${report.command}\`); the floor is an`,
    "empty Bun program compiled with the same flags, which reads stdin and prints a line.",
    ...(hasSpread
      ? ["Three equal copies of a program are run in turns; the spread is how far their medians lie apart."]
      : []),
    "",
    `| | wall ms | CPU ms | × floor, wall | × floor, CPU |${hasSpread ? " spread |" : ""}`,
    `| --- | --- | --- | --- | --- |${hasSpread ? " --- |" : ""}`,
    ...rows(report.renders, (name) => (name === "floor" ? "floor" : `statusline, ${name}`)),
    ...(report.large === null ? [] : rows(report.large, (name) => `statusline, ${name}, everything large`)),
    ...rows(report.peers, (name) => name),
    "",
    `15 at once: ${ours.toFixed(0)} ms, 15 floors ${one.toFixed(0)} ms (${(ours / one).toFixed(2)} ×). Private memory: ${mib(report.privateMemory.statusline ?? 0)}, floor ${mib(report.privateMemory.floor ?? 0)}; the refresher's at most ${mib(report.privateMemory.refresher ?? 0)}.`,
    `A warm render's own work, as \`--timings\` tells it: ${report.ownWork.toFixed(2)} ms.`,
    ...(report.sessions === null ? [] : [sessionsLine(report.sessions)]),
  ].join("\n");
}

function sessionsLine({ count, interval, statusline, floor }: NonNullable<Report["sessions"]>): string {
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
  return `${count} idle sessions, each rendered every ${interval} s, take ${percent(statusline)} of a core, refreshers included; as many floors ${percent(floor)}.`;
}
