import { type Contender, median } from "./measure.ts";

/** Milliseconds of a render's own work, stdin and printing apart, as it tells itself; the median of `rounds`. @throws Error when it does not */
export async function ownWork({ command, env, input }: Contender, rounds: number): Promise<number> {
  const sums: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const child = Bun.spawn([...command, "--timings"], {
      stdin: new Blob([input(round)]),
      stdout: "ignore",
      stderr: "pipe",
      env,
    });
    const told = await child.stderr.text();
    const work = [...told.matchAll(/^work .* ([\d.]+) ms$/gm)].map(([, ms]) => Number(ms));
    if ((await child.exited) !== 0 || work.length !== 2) throw new Error(`--timings: ${told}`);
    sums.push(work.reduce((sum, ms) => sum + ms, 0));
  }
  return median(sums);
}
