/**
 * Warm render against an empty compiled Bun program, interleaved in one run, on this machine.
 *   bun run bench [PAIRS]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { Sandbox, sessionIn } from "../test/harness.ts";
import { compile, compileFloor, root } from "./compile.ts";

const pairs = Number(process.argv[2] ?? 100);
const folder = mkdtempSync(`${tmpdir()}/statusline-bench-`);
const programs = { floor: `${folder}/floor`, statusline: `${folder}/statusline` };
// Both built now: where a binary lies in the page cache moves its start by some per cent.
await compileFloor(programs.floor);
await compile(`${root}src/main.ts`, programs.statusline);

interface Sample {
  readonly wall: number;
  readonly cpu: number;
}

function run(program: string, input: Uint8Array, env: Record<string, string>): Sample {
  const start = Bun.nanoseconds();
  const { exitCode, resourceUsage } = Bun.spawnSync([program], {
    stdin: input,
    stdout: "pipe",
    stderr: "pipe",
    env,
  });
  const wall = (Bun.nanoseconds() - start) / 1e6;
  if (exitCode !== 0) throw new Error(`${program} ended with ${exitCode}`);
  return { wall, cpu: Number(resourceUsage.cpuTime.total) / 1000 };
}

const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const sandbox = new Sandbox();
const session = sessionIn(sandbox.repository("repo"), "99999999-9999-4999-8999-999999999999");
const input = new TextEncoder().encode(JSON.stringify(session));
sandbox.env.COLUMNS = "124";
run(programs.statusline, input, sandbox.env);
await sandbox.settle();

const samples: Record<string, Sample[]> = { floor: [], statusline: [] };
for (let n = -5; n < pairs; n++) {
  for (const [name, program] of Object.entries(programs)) {
    const sample = run(program, input, sandbox.env);
    if (n >= 0) samples[name]?.push(sample);
  }
}
const medians = Object.fromEntries(
  Object.entries(samples).map(([name, all]) => [
    name,
    { wall: median(all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) },
  ]),
);
const { floor, statusline } = medians;
if (floor === undefined || statusline === undefined) throw new Error("nothing measured");
console.log(
  `${pairs} interleaved pairs, medians, milliseconds; Bun ${Bun.version}, ${process.platform} ${process.arch}`,
);
console.log("program            wall    cpu");
for (const [name, { wall, cpu }] of Object.entries(medians)) {
  console.log(`${name.padEnd(16)} ${wall.toFixed(2).padStart(6)} ${cpu.toFixed(2).padStart(6)}`);
}
console.log(
  `ratio            ${(statusline.wall / floor.wall).toFixed(3)}× ${(statusline.cpu / floor.cpu).toFixed(3)}×`,
);
sandbox.remove();
rmSync(folder, { recursive: true });
