import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { compactionLimit } from "../../src/sources/compaction.ts";
import { binary, Sandbox, systemPath } from "../harness.ts";

// `.ci/client` installs the client; without it, or without tmux and jq, there is nothing to run here.
const install = process.env.CLAUDE_INSTALL ?? `${root}.ci/client`;
const client = `${install}/node_modules/@anthropic-ai/claude-code`;
const ready = existsSync(client) && ["tmux", "jq", "node"].every((name) => Bun.which(name) !== null);

for (const columns of [60, 100, 160]) {
  test.if(ready)(`the row stands in the real client's pane at ${columns} columns`, async () => {
    const child = Bun.spawn([`${root}test/real-client/run-real-client.sh`, binary], {
      env: {
        ...process.env,
        PATH: systemPath,
        CLAUDE_INSTALL: install,
        SL_COLS: String(columns),
        SL_REFRESH: "1",
        SL_SETTLE: "2",
        SL_PROMPTS: "hello one",
        SL_EXPECT: "project.*Opus 5\\.5.*2%",
      },
      stdout: "pipe",
      stderr: "pipe",
    });
    const [pane, errors] = await Promise.all([child.stdout.text(), child.stderr.text()]);
    expect([await child.exited, errors]).toEqual([0, ""]);
    // Two lines under the prompt: nothing was cut by the client, nothing is left of the placeholders.
    expect(pane).toMatch(/\n {2}project {1,2}│[^…\n]*\n {2}\$0\.01 session\n/);
  });
}

/** How often the client has compacted by itself with a window of 300,000 tokens, in which so many were used. */
async function compactions(tokens: number): Promise<number> {
  const sandbox = new Sandbox();
  try {
    const child = Bun.spawn([`${root}test/real-client/run-real-client.sh`, binary], {
      env: {
        ...process.env,
        PATH: systemPath,
        CLAUDE_INSTALL: install,
        TMPDIR: sandbox.path,
        SL_KEEP: "1",
        SL_SETTINGS: JSON.stringify({ autoCompactWindow: 300_000 }),
        SL_PROMPTS: `hello one|hello big-context:${tokens}|hello three`,
      },
      stdout: "ignore",
      stderr: "ignore",
    });
    await child.exited;
    let count = 0;
    const transcripts = new Bun.Glob("ccreal.*/home/.claude/projects/*/*.jsonl");
    for await (const path of transcripts.scan({ cwd: sandbox.path, dot: true, absolute: true }))
      count += (await Bun.file(path).text()).split('"compact_boundary"').length - 1;
    return count;
  } finally {
    sandbox.remove();
  }
}

test.if(ready)("the real client compacts where the row says, by its settings", async () => {
  const settings = { enabled: true, window: 300_000 };
  const limit = compactionLimit(1_000_000, "claude-opus-5-5", settings, {}) ?? 0;
  expect(limit).toBe(267_000);
  // A reply of the fake API adds 900 tokens; a message and what the client says with it some hundred.
  expect(await compactions(limit - 2500)).toBe(0);
  expect(await compactions(limit)).toBe(1);
});
