import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { binary, systemPath } from "../harness.ts";

// As in real-client.test.ts: without the client, tmux and jq there is nothing to run here.
const install = process.env.CLAUDE_INSTALL ?? `${root}.ci/client`;
const client = `${install}/node_modules/@anthropic-ai/claude-code`;
const ready = existsSync(client) && ["tmux", "jq", "node"].every((name) => Bun.which(name) !== null);

const OURS = "project.*Opus 5\\.5.*2%";

test.if(ready).each([
  ["after setup our row stands in it", "setup --yes", OURS],
  [
    "after setup --keep the former program's line is in our row",
    "setup --yes --keep --refresh 1",
    `${OURS}.*the former row`,
  ],
  ["after an uninstall the former row stands in it", "uninstall --yes", "^ *the former row *$"],
])("the real client's pane: %s", async (_, line, expected) => {
  const before = line.startsWith("uninstall") ? `'${binary}' setup --yes && ` : "";
  const child = Bun.spawn([`${root}test/real-client/run-real-client.sh`, "echo the former row"], {
    env: {
      ...process.env,
      PATH: systemPath,
      CLAUDE_INSTALL: install,
      SL_COLS: "120",
      SL_SETTLE: "4",
      SL_PROMPTS: "hello one",
      SL_BEFORE: `${before}'${binary}' ${line}`,
      SL_EXPECT: expected,
    },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [pane, errors] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  if (errors !== "") console.error(pane);
  expect([await child.exited, errors]).toEqual([0, ""]);
});
