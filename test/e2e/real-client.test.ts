import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { binary, systemPath } from "../harness.ts";

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
