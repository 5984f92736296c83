/** Milliseconds of wall time, and of processor time of a program and its children; medians of many runs. */
export interface Sample {
  readonly wall: number;
  readonly cpu: number;
  /** How far the wall times of equal copies of the program lie apart, as a part of the median. */
  readonly spread?: number;
}

/** A program to be measured, with what is done before each of its runs. */
export interface Contender {
  readonly command: readonly string[];
  /** Equal copies of its program, run in turns: one alone may start 8 % faster or slower than another. */
  readonly copies?: readonly string[];
  readonly env: Record<string, string>;
  readonly cwd?: string;
  /** The document on stdin, for each run anew. */
  input(run: number): string;
  /** After each run, for what it has left at work. */
  settle?(): Promise<void>;
}

/** Runs a program once, on sockets, as Claude Code does. @throws Error when it fails or prints nothing */
export async function runOnce(contender: Contender, run: number): Promise<Sample> {
  const { copies = [], env, cwd } = contender;
  const [program = "", ...args] = contender.command;
  const command = [copies[run % copies.length] ?? program, ...args];
  const input = contender.input(run);
  const start = Bun.nanoseconds();
  const child = Bun.spawn(command, {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
    env,
    ...(cwd === undefined ? {} : { cwd }),
  });
  try {
    child.stdin.write(input);
    await child.stdin.end();
  } catch {
    // Not every program reads it.
  }
  const stdout = await child.stdout.text();
  const exitCode = await child.exited;
  const wall = (Bun.nanoseconds() - start) / 1e6;
  if (exitCode !== 0 || stdout.trim() === "") throw new Error(`${command.join(" ")}: ${exitCode}, ${stdout}`);
  await contender.settle?.();
  const usage = child.resourceUsage();
  if (usage === undefined) throw new Error(`${command.join(" ")}: nothing is known of its processor time`);
  return { wall, cpu: Number(usage.cpuTime.total) / 1000 };
}

/** Runs all contenders in turns, `rounds` times after five that do not count; medians. */
export async function interleaved<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  rounds: number,
): Promise<Record<Name, Sample>> {
  const samples = new Map<Name, Sample[]>();
  for (let round = -5; round < rounds; round++) {
    for (const [name, contender] of Object.entries<Contender>(contenders) as [Name, Contender][]) {
      const sample = await runOnce(contender, round + 5);
      if (round >= 0) samples.set(name, [...(samples.get(name) ?? []), sample]);
    }
  }
  const medians = [...samples].map(([name, all]) => [
    name,
    medianOf(all, contenders[name].copies?.length ?? 1),
  ]);
  return Object.fromEntries(medians) as Record<Name, Sample>;
}

function medianOf(all: readonly Sample[], copies: number): Sample {
  const walls = all.map(({ wall }) => wall);
  const wall = median(walls);
  const byCopy = Array.from({ length: copies }, (_, copy) =>
    median(walls.filter((_, n) => n % copies === copy)),
  );
  const spread = (Math.max(...byCopy) - Math.min(...byCopy)) / wall;
  return { wall, cpu: median(all.map(({ cpu }) => cpu)), ...(copies > 1 ? { spread } : {}) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Milliseconds that `count` runs at the same time take together; the median of `rounds`. */
export async function together(contender: Contender, count: number, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = Bun.nanoseconds();
    const children = Array.from({ length: count }, (_, n) =>
      Bun.spawn([...contender.command], {
        stdin: new Blob([contender.input(n)]),
        stdout: "pipe",
        stderr: "ignore",
        env: contender.env,
      }),
    );
    await Promise.all(children.map(async (child) => [await child.stdout.text(), await child.exited]));
    times.push((Bun.nanoseconds() - start) / 1e6);
    await contender.settle?.();
  }
  return median(times);
}
