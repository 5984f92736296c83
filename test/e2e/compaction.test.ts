import { afterAll, describe, expect, test } from "bun:test";
import { Sandbox, sessionIn } from "../harness.ts";
import { configure, newId, write } from "./configured.ts";

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

/** The row when what its settings say has been fetched. */
async function settledRow(document: object): Promise<string> {
  await sandbox.lines(document);
  await sandbox.settle();
  return rowOf(document);
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

  test("move the point of compaction, and a change of them shows", async () => {
    write(user, JSON.stringify({ autoCompactWindow: 150_000 }));
    expect(await settledRow(document)).toContain("· 67k until compaction");
    await Bun.sleep(20);
    write(user, JSON.stringify({ autoCompactWindow: 120_000 }));
    expect(await settledRow(document)).toContain("· 37k until compaction");
  });

  test("of a model count for that model alone", async () => {
    const own = { "claude-opus-5-5": { autoCompactWindow: 100_000 } };
    await Bun.sleep(20);
    write(user, JSON.stringify({ autoCompactWindow: 150_000, modelSettings: own }));
    expect(await settledRow(document)).toContain("· 17k until compaction");
    expect(await settledRow(documentIn(folder, { id: "claude-haiku-5-5" }))).toContain(
      "· 67k until compaction",
    );
  });

  test("of a project count there alone", async () => {
    await Bun.sleep(20);
    write(`${folder}/.claude/settings.local.json`, JSON.stringify({ autoCompactEnabled: false }));
    expect(await settledRow(document)).not.toContain("compaction");
    expect(await settledRow(documentIn(`${sandbox.path}/c`))).toContain("until compaction");
  });
});
