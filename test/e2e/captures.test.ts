import { afterAll, expect, test } from "bun:test";
import { capture, Sandbox } from "../harness.ts";

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());

// 2026-11-21T09:15:00Z
const NOW = { STATUSLINE_NOW: "1795252500000" };
const WIDTHS = [60, 100, 160];

/** What each capture shows on its first render, at 60, 100 and 160 columns. */
const expected: Record<string, string[][]> = {
  "stdin-01-before-first-message": [
    ["proj │ Opus 5.5 │ ░░░░░░░░░░ –/1M", "$0.00 session  … today │ … week"],
    ["proj  │  Opus 5.5  │  ░░░░░░░░░░ –/1M", "$0.00 session  … today  │  … week"],
    ["proj  │  Opus 5.5  │  ░░░░░░░░░░ –/1M", "$0.00 session  … today  │  … week"],
  ],
  "stdin-02-after-first-reply": [
    ["proj │ Opus 5.5 │ ▎░░░░░░░░░ 2% 23.1k/1M · 944k left", "$0.02 session  … today │ … week"],
    [
      "proj  │  Opus 5.5  │  ▎░░░░░░░░░ 2% 23.1k/1M · 944k until compaction",
      "$0.02 session  … today  │  … week",
    ],
    [
      "proj  │  Opus 5.5  │  ▎░░░░░░░░░ 2% 23.1k/1M · 944k until compaction",
      "$0.02 session  … today  │  … week",
    ],
  ],
  "stdin-05-after-compact": [
    ["proj │ my-session │ Sonnet 5.5 │ ░░░░░░░░░░ –/1M", "$0.04 session  … today │ … week"],
    ["proj  │  my-session  │  Sonnet 5.5  │  ░░░░░░░░░░ –/1M", "$0.04 session  … today  │  … week"],
    ["proj  │  my-session  │  Sonnet 5.5  │  ░░░░░░░░░░ –/1M", "$0.04 session  … today  │  … week"],
  ],
  "stdin-07-after-clear": [
    ["proj │ my-session │ Sonnet 5.5 │ ░░░░░░░░░░ –/1M", "$0.00 session  … today │ … week"],
    ["proj  │  my-session  │  Sonnet 5.5  │  ░░░░░░░░░░ –/1M", "$0.00 session  … today  │  … week"],
    ["proj  │  my-session  │  Sonnet 5.5  │  ░░░░░░░░░░ –/1M", "$0.00 session  … today  │  … week"],
  ],
  "stdin-linked-worktree": [
    ["wt1 │ Opus 5.5 │ ░░░░░░░░░░ –/1M", "$0.00 session  … today │ … week"],
    ["wt1  │  Opus 5.5  │  ░░░░░░░░░░ –/1M", "$0.00 session  … today  │  … week"],
    ["wt1  │  Opus 5.5  │  ░░░░░░░░░░ –/1M", "$0.00 session  … today  │  … week"],
  ],
  "stdin-worktree": [
    ["feat-x │ Opus 5.5 │ ▎░░░░░░░░░ 2% 21.4k/1M · 946k left", "$0.01 session  … today │ … week"],
    [
      "feat-x  │  Opus 5.5  │  ▎░░░░░░░░░ 2% 21.4k/1M · 946k until compaction",
      "$0.01 session  … today  │  … week",
    ],
    [
      "feat-x  │  Opus 5.5  │  ▎░░░░░░░░░ 2% 21.4k/1M · 946k until compaction",
      "$0.01 session  … today  │  … week",
    ],
  ],
  "stdin-subagentStatusLine": [
    ["proj", "– session  … today │ … week"],
    ["proj", "– session  … today  │  … week"],
    ["proj", "– session  … today  │  … week"],
  ],
};

for (const [name, frames] of Object.entries(expected)) {
  for (const [n, columns] of WIDTHS.entries()) {
    test(`${name} at ${columns} columns`, async () => {
      const env = {
        ...NOW,
        COLUMNS: String(columns),
        CLAUDE_CONFIG_DIR: `${sandbox.path}/${name}-${columns}`,
      };
      expect(await sandbox.lines(capture(name), env)).toEqual(frames[n] ?? []);
    });
  }
}
