/**
 * Damages each file that the program reads, in every way there is, and checks that rows go on and that one refresh puts all
 * right. The suite does a part of it.
 *   npm run damage [-- --only TEXT]
 */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { type Case, fieldsOf, kindsOf, Machine } from "../test/stress/damages.ts";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const machines = Array.from({ length: 4 }, () => new Machine());
await Promise.all(machines.map((machine) => machine.prepare()));

const casesOf = (machine: Machine): Case[] =>
  machine
    .targets()
    .filter(({ path }) => path.includes(values.only))
    .flatMap((target) => [...kindsOf(10), ...fieldsOf(target.path)].map((damage) => ({ target, damage })));

const all = casesOf(machines[0] as Machine).length;
const start = Date.now();
let done = 0;
const problems: string[] = [];
const counts = new Map<string, { cases: number; wrong: number }>();
await Promise.all(
  machines.map(async (machine, turn) => {
    for (const [n, each] of casesOf(machine).entries()) {
      if (n % machines.length !== turn) continue;
      const problem = await machine.check(each);
      const file = basename(each.target.path).replace(/[0-9a-f-]{16,}/, "*");
      const { cases, wrong } = counts.get(file) ?? { cases: 0, wrong: 0 };
      counts.set(file, { cases: cases + 1, wrong: wrong + (problem === null ? 0 : 1) });
      if (problem !== null) problems.push(`${file}, ${each.damage.name}: ${problem}`);
      done++;
      if (done % 50 === 0) {
        const left = ((Date.now() - start) / done) * (all - done);
        console.error(`${done} of ${all}, ${problems.length} wrong, ${Math.ceil(left / 1000)} s left`);
      }
    }
  }),
);
for (const machine of machines) machine.remove();
console.log("| file | damages | wrong |\n| --- | --- | --- |");
for (const [file, { cases, wrong }] of [...counts].sort())
  console.log(`| \`${file}\` | ${cases} | ${wrong} |`);
if (problems.length > 0) {
  console.log(`\n${problems.join("\n")}`);
  process.exit(1);
}
