/**
 * Measures renders against an empty compiled Bun program and against what users would pick instead, in turns, on
 * this machine. Prints a table, and writes it to `build/bench.json`, which docs/performance.md shows, with `--write`.
 *   npm run bench [-- --pairs N] [--large] [--peers] [--sessions] [--against BINARY] [--write]
 * `--against` measures another build of this program in the same run.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { version } from "../package.json";
import { type Contender, interleaved, together } from "./bench/measure.ts";
import { peakMemory, privateMemory } from "./bench/memory.ts";
import { peers } from "./bench/peers.ts";
import { markdown, type Report } from "./bench/report.ts";
import { INTERVAL, SESSIONS, sessionsCost } from "./bench/sessions.ts";
import { ownWork } from "./bench/timings.ts";
import { BenchWorld } from "./bench/world.ts";
import { compile, compileFloor, root } from "./compile.ts";

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "100" },
    large: { type: "boolean", default: false },
    peers: { type: "boolean", default: false },
    sessions: { type: "boolean", default: false },
    against: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const pairs = Number(values.pairs);
const folder = mkdtempSync(`${tmpdir()}/statusline-bench-`);
const program = `${folder}/statusline`;
const empty = `${folder}/floor`;
await compileFloor(empty);
await compile(`${root}src/main.ts`, program);
// Written now, and several times: where a binary lies in the page cache moves its start by up to 8 %.
const [floors, programs] = [copiesOf(empty), copiesOf(program)];

const id = (n: number) => `99999999-9999-4999-8999-${String(n).padStart(12, "9")}`;
const world = new BenchWorld(programs);
const document = world.document(id(1));
const floor: Contender = { command: [empty], copies: floors, env: world.envOf(id(1)), input: () => document };
const [warm, changed] = [await world.warm(id(1)), await world.changed(id(2))];
const other = values.against === undefined ? null : new BenchWorld(copiesOf(values.against));
const others: Record<string, Contender> =
  other === null
    ? {}
    : { "warm before": await other.warm(id(1)), "changed before": await other.changed(id(2)) };
const othersCold: Record<string, Contender> = other === null ? {} : { "cold before": other.cold(id(3)) };

const renders = await interleaved({ floor, warm, changed, ...others }, pairs);
const { floor: coldFloor, ...colds } = await interleaved(
  { floor, cold: world.cold(id(3)), ...othersCold },
  Math.min(30, pairs),
);
const cold = Object.fromEntries(
  Object.entries(colds).map(([name, sample]) => [
    name,
    { ...sample, ...(coldFloor && { floor: coldFloor }) },
  ]),
);
const own = await ownWork(warm, pairs);
const report: Report = {
  machine: `${process.platform} ${process.arch}, ${cpus().length} cores (${cpus()[0]?.model.trim()})`,
  versions: `statusline ${version}, Bun ${Bun.version}`,
  command: `npm run bench -- ${process.argv.slice(2).join(" ")}`.trim(),
  pairs,
  renders: { ...renders, ...cold },
  peers: values.peers ? await interleaved(await peers(world, document), Math.min(15, pairs)) : {},
  together: {
    floor: await together(floor, 15, 15),
    statusline: await together(warm, 15, 15),
  },
  privateMemory: {
    floor: await privateMemory([empty], document, floor.env, `${folder}/pipe`),
    statusline: await privateMemory([program], document, warm.env, `${folder}/pipe`),
    refresher: await refresherMemory(),
  },
  ownWork: own,
  sessions: values.sessions ? sessions() : null,
  large: values.large ? await large() : null,
};
console.log(markdown(report));
if (values.write) writeFileSync(`${root}build/bench.json`, `${JSON.stringify(report, null, 2)}\n`);
world.sandbox.remove();
other?.sandbox.remove();
rmSync(folder, { recursive: true });

/** Three equal copies of a program. */
function copiesOf(path: string): string[] {
  const name = crypto.randomUUID();
  return [1, 2, 3].map((n) => {
    const copy = `${folder}/${name}-${n}`;
    copyFileSync(path, copy);
    return copy;
  });
}

/** With everything to be fetched again. */
function refresherMemory(): Promise<number> {
  Bun.spawnSync(["rm", "-r", `${world.sandbox.health}/cache`]);
  return peakMemory([program, "refresh"], world.envOf(id(1)));
}

/** What many sessions cost in all, and what as many empty programs would. */
function sessions() {
  const ids = Array.from({ length: SESSIONS }, (_, n) => id(100 + n));
  const cost = (command: string) => sessionsCost(command, world, ids);
  return { count: SESSIONS, interval: INTERVAL, statusline: cost(program), floor: cost(empty) };
}

/** 50,000 files, a long history, 300 sessions in the state. */
async function large() {
  const big = new BenchWorld(programs);
  big.grow(50_000);
  const samples = await interleaved(
    { floor, warm: await big.warm(id(4)), changed: await big.changed(id(5)) },
    pairs,
  );
  big.sandbox.remove();
  const own = { floor: samples.floor };
  return { warm: { ...samples.warm, ...own }, changed: { ...samples.changed, ...own } };
}
