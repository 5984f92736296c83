/**
 * Shows the status line of real captured sessions at 60, 100 and 160 columns, in this checkout, with a small
 * history for ccusage. `--svg FILE` draws one of them as a picture instead.
 */
import { capture, ccusageFolder, Sandbox, writeHistory } from "../test/harness.ts";
import { root } from "./compile.ts";
import { svg } from "./svg.ts";

const CAPTURES = {
  "before the first message": "stdin-01-before-first-message",
  "after the first reply": "stdin-02-after-first-reply",
  "after /compact": "stdin-05-after-compact",
  "in a worktree": "stdin-worktree",
};
const MINUTE = 60_000;

const sandbox = new Sandbox();
delete sandbox.env.NO_COLOR;
sandbox.env.FORCE_COLOR = process.env.NO_COLOR ? "0" : (process.env.FORCE_COLOR ?? "3");
sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
if (process.env.TZ) sandbox.env.TZ = process.env.TZ;
const now = Date.now();
writeHistory(
  `${sandbox.home}/.claude`,
  [1, 8, 21, 40, 55].map((minutes) => now - minutes * MINUTE),
  54_321,
);

/** A captured session, moved from the folder of its capture to `folder`. */
function sessionOf(name: string, folder: string) {
  const { workspace, ...session } = capture(name);
  const here = { current_dir: folder, project_dir: folder };
  return { ...session, cwd: folder, workspace: { ...(workspace as object), ...here } };
}

async function frame(session: object, columns: number): Promise<string[]> {
  await sandbox.lines(session);
  await sandbox.settle();
  return sandbox.lines(session, { COLUMNS: String(columns) });
}

if (process.argv[2] === "--svg" && process.argv[3] !== undefined) {
  const repository = sandbox.repository("widgets");
  await Bun.write(`${repository}/notes.txt`, "new\n");
  const session = sessionOf("stdin-02-after-first-reply", repository);
  const usage = { input_tokens: 15, cache_creation_input_tokens: 2400, cache_read_input_tokens: 381_700 };
  const context_window = { context_window_size: 1_000_000, current_usage: usage, used_percentage: 38 };
  const cost = { total_cost_usd: 2.47, total_duration_ms: 1_260_000 };
  await Bun.write(process.argv[3], svg(await frame({ ...session, context_window, cost }, 112), 110));
} else {
  for (const [title, name] of Object.entries(CAPTURES)) {
    console.log(`\n${title}`);
    for (const columns of [60, 100, 160]) {
      const lines = await frame(sessionOf(name, root.slice(0, -1)), columns);
      console.log([`─── ${columns} columns ${"─".repeat(columns - 4 - 16)}`, ...lines].join("\n"));
    }
  }
}
sandbox.remove();
