import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { version } from "../../package.json";
import { program } from "../../src/cli/definitions.ts";
import { all } from "../../src/cli/usage.ts";
import { Sandbox } from "../harness.ts";

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());
const page = `${sandbox.path}/statusline.1`;

beforeAll(async () => {
  const { exitCode, stdout, stderr } = await sandbox.run("", {}, ["man"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  writeFileSync(page, stdout);
});

function run(...command: string[]) {
  const { stdout, stderr } = Bun.spawnSync(command, { env: { ...sandbox.env, MANWIDTH: "200" } });
  return { stdout: stdout.toString(), stderr: stderr.toString() };
}

test("it is all ASCII, so that every roff reads it", async () => {
  expect(await Bun.file(page).text()).toMatch(/^[\n -~]+$/);
});

test.skipIf(Bun.which("groff") === null)("groff has nothing to say against it", () => {
  expect(run("groff", "-man", "-ww", "-Tutf8", page).stderr).toBe("");
});

test.skipIf(Bun.which("mandoc") === null)("mandoc misses its date alone", () => {
  const { stdout, stderr } = run("mandoc", "-T", "lint", "-W", "warning", page);
  expect(`${stdout}${stderr}`.trim().split("\n")).toEqual([expect.stringContaining("missing date")]);
});

test.skipIf(Bun.which("man") === null)("a person reads all commands, options and sections", () => {
  const { stdout, stderr } = run("man", "--warnings", "-l", page);
  expect(stderr).toBe("");
  const read = Bun.stripANSI(stdout).replace(/.\u0008/g, "");
  expect(read).toContain(`statusline ${version}`);
  const titles = [...read.matchAll(/^[A-Z][A-Z ]+$/gm)].map(([title]) => title);
  expect(titles).toEqual(
    "NAME,SYNOPSIS,DESCRIPTION,COMMANDS,OPTIONS,CONFIGURATION,ENVIRONMENT,FILES,EXIT STATUS,EXAMPLES,SEE ALSO".split(
      ",",
    ),
  );
  for (const { path, definition } of all().slice(1)) {
    expect(read).toMatch(new RegExp(`^ +${path.join(" ")}\\b`, "m"));
    for (const { name } of definition.options ?? []) expect(read).toContain(name);
    for (const [line] of definition.examples ?? []) expect(read).toContain(`${program.name} ${line}`);
  }
  for (const word of ["modules.git.maxLength", "STATUSLINE_THEME", "--refresh-MODULE", "runtime-state.yaml"])
    expect(read).toContain(word);
});

test("it takes no arguments", async () => {
  expect(await sandbox.run("", {}, ["man", "x"])).toMatchObject({
    exitCode: 2,
    stdout: "",
    stderr: "usage: statusline man\n",
  });
});
