import { describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const id = (n: number) => `${String(n).padStart(8, "0")}-6f42-4793-a1b8-0a533aba93f8`;

const textOf = (sandbox: Sandbox) => readFileSync(`${sandbox.health}/runtime-state.yaml`, "utf8");

function put(sandbox: Sandbox, text: string): void {
  mkdirSync(sandbox.health, { recursive: true });
  writeFileSync(`${sandbox.health}/runtime-state.yaml`, text);
}

async function rendered(sandbox: Sandbox, ...sessions: object[]): Promise<void> {
  for (const session of sessions) await sandbox.lines(session);
  await sandbox.settle();
}

/** The header's line, as epoch ms. */
const headerTime = (text: string) => Date.parse(/^# Last updated: (.*)$/m.exec(text)?.[1] ?? "");

describe("a new state file", () => {
  test("is in block style, and opens with its structure and the time of its last update", () =>
    inSandbox(async (sandbox) => {
      const start = Date.now();
      await rendered(sandbox, sessionIn(sandbox.repository("repo"), id(1)));
      const text = textOf(sandbox);
      const [header = "", ...rest] = text.split(/^(?=[a-z])/m);
      for (const part of [
        "# Structure:",
        "authProfiles",
        "sessions",
        "thresholds",
        "pathPatterns",
        "aliases",
      ])
        expect(header).toContain(part);
      expect(headerTime(text)).toBeGreaterThanOrEqual(start);
      expect(headerTime(text)).toBe(parse(text).metadata.lastUpdated);
      for (const line of rest.join("").split("\n")) expect(line).not.toMatch(/[:-] *[[{].*\S.*[\]}]$/);
      expect(text).toMatch(/^ {4}health:\n {6}status: \w+\n/m);
      expect(text).toMatch(/^ {4}git:\n {6}branch: main\n/m);
      expect(text).toMatch(/^metadata:\n {2}version: "1\.0"\n {2}lastUpdated: \d+\n/m);
      expect((await sandbox.run("", {}, ["state", "check"])).exitCode).toBe(0);
    }));

  test("is brought up to date in place: what a person wrote in between stays", () =>
    inSandbox(async (sandbox) => {
      await rendered(sandbox, sessionIn("/x/y", id(1)), sessionIn("/x/z", id(2)));
      const mine = textOf(sandbox)
        .replace("label: Primary Account", "label: 'Mine'   # my own")
        .replace("    health:\n", "    # before health\n    health:\n      # in health\n")
        .replace("    model:\n", "    notes: [a, b]\n\n    model:\n");
      put(sandbox, mine);
      await rendered(sandbox, sessionIn("/x/y", id(1), { model: { id: "m", display_name: "Other 9" } }));
      const text = textOf(sandbox);
      expect(text).toContain("value: Other 9");
      const still = (line: string) =>
        !/lastUpdate|last updated|gatheredAt|lastActivity|lastUsed|value:/i.test(line);
      expect(text.split("\n").filter(still)).toEqual(mine.split("\n").filter(still));
      expect(headerTime(text)).toBeGreaterThan(headerTime(mine));
    }));

  test("has its header and metadata after a label or a migration, too", () =>
    inSandbox(async (sandbox) => {
      mkdirSync(sandbox.health, { recursive: true });
      const start = Date.now();
      writeFileSync(`${sandbox.health}/billing-shared.json`, '{"costToday":1,"lastFetched":5}');
      writeFileSync(`${sandbox.health}/${id(1)}.json`, JSON.stringify({ sessionId: id(1), gatheredAt: 5 }));
      expect((await sandbox.run("", {}, ["state", "migrate"])).exitCode).toBe(0);
      const { metadata } = parse(textOf(sandbox));
      expect(metadata).toEqual({
        version: "1.0",
        lastUpdated: headerTime(textOf(sandbox)),
        totalAuthProfiles: 1,
        totalActiveSessions: 1,
      });
      expect(metadata.lastUpdated).toBeGreaterThanOrEqual(start);
      await sandbox.run("", {}, ["state", "label", "default", "Mine"]);
      expect(headerTime(textOf(sandbox))).toBeGreaterThan(metadata.lastUpdated);
    }));
});

test("an entry in one line, by a person or an older version, keeps that layout; what is new in it is in block style", () =>
  inSandbox(async (sandbox) => {
    put(
      sandbox,
      `# Last updated: never\nsessions:\n  - sessionId: ${id(1)} # the first\n    authProfile: default\n    model: {value: Old, source: jsonInput, confidence: 98}\n    metadata: {gatheredAt: 1, lastActivity: 1}\n`,
    );
    await rendered(sandbox, sessionIn("/x/y", id(1)));
    const text = textOf(sandbox);
    expect(text).toContain("    model: {value: Opus 5.5, source: jsonInput, confidence: 98}\n");
    expect(text).toContain("# the first");
    expect(text).toMatch(/^ {4}context:\n {6}tokensUsed: /m);
    expect(headerTime(text)).toBeGreaterThan(0);
  }));
