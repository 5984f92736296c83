import { expect, test } from "bun:test";
import { inSandbox, sessionIn } from "../harness.ts";

test("--timings prints the row as ever, and tells on stderr what took how long", () =>
  inSandbox(async (box) => {
    const document = `${JSON.stringify(sessionIn(box.path, "99999999-9999-4999-8999-999999999991"))}\n`;
    const plain = await box.run(document);
    const { exitCode, stdout, stderr } = await box.run(document, {}, ["--timings"]);
    expect([exitCode, stdout]).toEqual([0, plain.stdout]);
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^[a-z ]+ +\d+\.\d\d ms$/);
  }));

test("--timings with flags", () =>
  inSandbox(async (box) => {
    const [plain, flagged] = [
      await box.run("{}", {}, ["--layout=minimal"]),
      await box.run("{}", {}, ["--layout=minimal", "--timings"]),
    ];
    expect([flagged.exitCode, flagged.stdout]).toEqual([0, plain.stdout]);
  }));
