import { afterAll, describe, expect, test } from "bun:test";
import { Sandbox, sessionIn } from "../harness.ts";
import { configure, later, newId, write } from "./configured.ts";

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());
configure(sandbox, { lines: [["context"]] });

const documentIn = (folder: string, model: object = { id: "claude-opus-5-5" }, output = 0) =>
  sessionIn(folder, newId(), {
    model,
    context_window: {
      context_window_size: 200_000,
      current_usage: { input_tokens: 50_000, output_tokens: output },
      used_percentage: 25,
    },
  });
const rowOf = async (document: object, env = {}) => (await sandbox.lines(document, env)).join("\n");
const user = `${sandbox.home}/.claude/settings.json`;

let clock = 0;

/** The row when what the settings say has been fetched: once a minute, so a minute later. */
async function settledRow(document: object): Promise<string> {
  clock += 61_000;
  await sandbox.lines(document, later(clock));
  await sandbox.settle(later(clock));
  return rowOf(document, later(clock + 1000));
}

test("the last reply's output goes into the window with the next message", async () => {
  expect(await rowOf(documentIn(`${sandbox.path}/a`, undefined, 10_000))).toContain(
    "25% 50k/200k · 107k until compaction",
  );
});

test.each([
  "claude-haiku-4-5-20251001",
  "us.anthropic.claude-opus-4-5-20251101-v1:0",
  "claude-sonnet-4@20250514",
])("of %s, which the client does not compact by itself, nothing is said", async (id) => {
  const row = await rowOf(documentIn(`${sandbox.path}/a`, { id }));
  expect(row).toContain("25% 50k/200k");
  expect(row).not.toContain("compaction");
});

describe("Claude Code's settings", () => {
  const folder = `${sandbox.path}/b`;
  const document = documentIn(folder);

  test("move the point of compaction, and a change of them shows within a minute", async () => {
    write(user, JSON.stringify({ autoCompactWindow: 150_000 }));
    expect(await settledRow(document)).toContain("· 67k until compaction");
    write(user, JSON.stringify({ autoCompactWindow: 120_000 }));
    expect(await settledRow(document)).toContain("· 37k until compaction");
  });

  test("of a model count for that model alone", async () => {
    const own = { "claude-opus-5-5": { autoCompactWindow: 100_000 } };
    write(user, JSON.stringify({ autoCompactWindow: 150_000, modelSettings: own }));
    expect(await settledRow(document)).toContain("· 17k until compaction");
    expect(await settledRow(documentIn(folder, { id: "claude-haiku-5-5" }))).toContain(
      "· 67k until compaction",
    );
  });

  test("of a project count there alone", async () => {
    write(`${folder}/.claude/settings.local.json`, JSON.stringify({ autoCompactEnabled: false }));
    expect(await settledRow(document)).not.toContain("compaction");
    expect(await settledRow(documentIn(`${sandbox.path}/c`))).toContain("until compaction");
  });
});
