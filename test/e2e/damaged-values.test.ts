import { expect, test } from "bun:test";
import { readdirSync, writeFileSync } from "node:fs";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { answeringCcusage } from "./configured.ts";

const ID = "16161616-1b42-4793-a1b8-0a533aba93f8";

async function settledRow(sandbox: Sandbox, document: object): Promise<string> {
  await sandbox.lines(document);
  await sandbox.settle();
  return (await sandbox.lines(document)).join("\n");
}

/** Rows without what changes by the minute. */
const comparable = (row: string) => row.replace(/\d\d:\d\d|\d+h\d*m?|\d+m\b/g, "T");

/** Every way to put null, a number, a text, a list or fields in the place of one value. */
function* damaged(value: unknown, put: (changed: unknown) => unknown): Generator<unknown> {
  for (const wrong of [null, {}, [], "x", -1]) yield put(wrong);
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value))
    yield* damaged(inner, (changed) => put({ ...value, [name]: changed }));
}

test("an entry of a wrong shape costs its part, is fetched again, and stops nothing else", () =>
  inSandbox(async (sandbox) => {
    answeringCcusage(sandbox);
    sandbox.env.COLUMNS = "204";
    const document = sessionIn(sandbox.repository("repo"), ID);
    const whole = comparable(await settledRow(sandbox, document));
    const cache = `${sandbox.health}/cache`;
    const names = readdirSync(cache).filter((name) => /^(git|cost|profile|time|model)-/.test(name));
    expect(names.length).toBeGreaterThanOrEqual(5);
    let count = 0;
    for (const name of names) {
      const path = `${cache}/${name}`;
      const entry = JSON.parse(sandbox.read(path));
      const all = [...damaged(entry.data, (data) => ({ ...entry, data }))];
      // Each tenth of them: all take minutes.
      for (const changed of (all as { data: unknown }[]).filter((_, n) => n % 10 === count % 10)) {
        count++;
        writeFileSync(path, JSON.stringify(changed));
        const { exitCode, stdout } = await sandbox.run(JSON.stringify(document));
        expect([exitCode, stdout.includes("repo"), stdout.includes("an error")]).toEqual([0, true, false]);
        expect(stdout).not.toMatch(/undefined|NaN|\[object/);
        await sandbox.settle();
        const after = comparable((await sandbox.lines(document)).join("\n"));
        expect([name, JSON.stringify(changed.data), after]).toEqual([
          name,
          JSON.stringify(changed.data),
          whole,
        ]);
      }
    }
    expect(count).toBeGreaterThan(15);
  }));
