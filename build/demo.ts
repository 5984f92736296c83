/**
 * Shows the status line of real captured sessions at 60, 100 and 160 columns, in this checkout, with a small
 * history for ccusage.
 */
import { capture, ccusageFolder, Sandbox, writeHistory } from "../test/harness.ts";
import { root } from "./compile.ts";

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

for (const [title, name] of Object.entries(CAPTURES)) {
  console.log(`\n${title}`);
  for (const columns of [60, 100, 160]) {
    const lines = await frame(sessionOf(name, root.slice(0, -1)), columns);
    console.log([`─── ${columns} columns ${"─".repeat(columns - 4 - 16)}`, ...lines].join("\n"));
  }
}
sandbox.remove();
