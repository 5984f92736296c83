import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { ccusageFolder, inSandbox, sessionIn } from "../harness.ts";

describe("before any session", () => {
  test.each([
    ["state", 0, "0 profile(s), 0 session(s)"],
    ["state check", 0, "is valid"],
    ["state cleanup --dry-run", 0, "would archive 0 session(s)"],
    ["profiles", 0, "no accounts yet"],
    ["refresh", 0, ""],
  ])("%s", (command, code, text) =>
    inSandbox(async (sandbox) => {
      sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
      const { exitCode, stdout, stderr } = await sandbox.run("", {}, command.split(" "));
      expect([exitCode, stderr]).toEqual([code, ""]);
      expect(stdout).toContain(text);
    }));
});

test("doctor, before anything is set up: what is missing, and what to do", () =>
  inSandbox(async (sandbox) => {
    const { exitCode, stdout } = await sandbox.run("", {}, ["doctor"]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✗ settings +no statusLine in .*\n +→ `statusline setup`/);
    expect(stdout.match(/^✗/gm)).toHaveLength(1);
  }));

test.each([
  "state frob",
  "state constructor",
  "state toString",
  "state --frob",
  "state --json --yaml",
  "state path x",
  "state label one",
  "state label one two three",
  "state cleanup --days many",
  "state cleanup --days",
  "state migrate x",
  "profiles x",
  "doctor x",
])("%s is wrong usage: exit 2 and one line", (command) =>
  inSandbox(async (sandbox) => {
    const { exitCode, stdout, stderr } = await sandbox.run("", {}, command.split(" "));
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  }));

test("what state shows, a person and a program can read", () =>
  inSandbox(async (sandbox) => {
    const id = "77777777-7777-4777-8777-777777777777";
    await sandbox.lines(sessionIn("/x/widgets", id));
    await sandbox.settle();
    const run = async (...args: string[]) => (await sandbox.run("", {}, ["state", ...args])).stdout;
    expect(await run()).toMatch(/77777777 +default +\/x\/widgets +– +Opus 5\.5 +2%/);
    expect(JSON.parse(await run("--json")).sessions[0].sessionId).toBe(id);
    expect(await run("--yaml")).toBe(sandbox.read((await run("path")).trim()));
    expect(await run("label", "default", "Mine")).toBe("default now has the label Mine\n");
    expect((await sandbox.run("", {}, ["profiles"])).stdout).toMatch(/Mine +default +1 /);
    expect((await sandbox.run("", {}, ["state", "label", "nobody", "x"])).stderr).toContain("known: default");
    // The label stays when the refresher writes again.
    await sandbox.lines(sessionIn("/x/other", id));
    await sandbox.settle();
    expect(await run("--yaml")).toContain("label: Mine");
    expect(await run("cleanup", "--days", "0")).toContain("archived 1 session(s)");
    expect(JSON.parse(await run("--json")).sessions).toEqual([]);
  }));

test("whether billing is fresh follows from its time, whatever the file says", () =>
  inSandbox(async (sandbox) => {
    const now = 1_790_000_000_000;
    const ages = { new: 60_000, old: 3_600_000, future: -3_600_000 };
    const profiles = Object.entries(ages).map(
      ([id, age]) =>
        `  - {profileId: ${id}, label: x, billing: {isFresh: ${age > 60_000}, lastFetched: ${now - age}}}\n`,
    );
    mkdirSync(sandbox.health, { recursive: true });
    const text = `authProfiles:\n${profiles.join("")}  - profileId: none\n`;
    writeFileSync(`${sandbox.health}/runtime-state.yaml`, text);
    const { stdout } = await sandbox.run("", { STATUSLINE_NOW: String(now) }, ["state", "--json"]);
    const { authProfiles } = JSON.parse(stdout);
    expect(authProfiles.map(({ billing }: { billing?: { isFresh: boolean } }) => billing?.isFresh)).toEqual([
      true,
      false,
      false,
      undefined,
    ]);
    expect((await sandbox.run("", {}, ["state", "--yaml"])).stdout).toBe(text);
  }));
