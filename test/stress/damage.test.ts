import { afterAll, expect, test } from "bun:test";
import { basename } from "node:path";
import { type Case, fieldsOf, kindsOf, Machine } from "./damages.ts";

const machines = Array.from({ length: 4 }, () => new Machine());
afterAll(() => {
  for (const machine of machines) machine.remove();
});

/** One field of each file, another one in each round; the long form is `npm run damage`. */
function casesOf(machine: Machine): Case[] {
  return machine.targets().flatMap((target, n) => {
    const fields = fieldsOf(target.path);
    const some = [fields[(n * 37) % fields.length], fields[(n * 101 + 5) % fields.length]];
    const damages = [...kindsOf(1), ...some.filter((each) => each !== undefined)];
    return damages.map((damage) => ({ target, damage }));
  });
}

test("a damaged file costs its own part until the next refresh, and no row is blank or late", async () => {
  await Promise.all(machines.map((machine) => machine.prepare()));
  let count = 0;
  const wrong: string[] = [];
  await Promise.all(
    machines.map(async (machine, turn) => {
      for (const [n, each] of casesOf(machine).entries()) {
        if (n % machines.length !== turn) continue;
        const problem = await machine.check(each);
        count++;
        if (problem !== null) wrong.push(`${basename(each.target.path)}, ${each.damage.name}: ${problem}`);
      }
    }),
  );
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(250);
});
