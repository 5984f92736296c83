import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import type { BenchWorld } from "./world.ts";

export const SESSIONS = 15;
/** Claude Code's `refreshInterval`, seconds. */
export const INTERVAL = 10;
const SECONDS = 60;

/**
 * What 15 sessions cost that are rendered every 10 s for a minute, refreshers and their children included: the part of
 * one core that they take. In a process namespace of its own the shell is the parent of all that is left behind, so
 * that its sum has everything in it. Linux only, and for root.
 */
export function sessionsCost(program: string, world: BenchWorld, ids: readonly string[]): number {
  const folder = mkdtempSync(`${tmpdir()}/statusline-sessions-`);
  const documents = ids.map((id, n) => {
    writeFileSync(`${folder}/${n}`, world.document(id));
    return `CLAUDE_CODE_SESSION_ID=${id} '${program}' <${folder}/${n} >/dev/null`;
  });
  const pause = (INTERVAL / SESSIONS).toFixed(3);
  const lines = [
    // A read that nothing answers waits without a process of its own.
    `mkfifo '${folder}/nothing'; exec 3<>'${folder}/nothing'`,
    // What is fetched after the first round is shown in the second.
    ...documents,
    "read -rt 5 -u 3",
    ...documents,
    "read -rt 3 -u 3; times",
    `for ((n = 0; n < ${SECONDS / INTERVAL}; n++)); do`,
    ...documents.map((command) => `${command}; read -rt ${pause} -u 3`),
    "done",
    "read -rt 3 -u 3; times",
  ];
  const { stdout, stderr } = Bun.spawnSync(
    ["unshare", "--pid", "--fork", "--mount-proc", "bash", "-c", lines.join("\n")],
    { env: world.envOf(ids[0] ?? ""), stdin: "ignore" },
  );
  rmSync(folder, { recursive: true });
  // Twice `times` of bash: its own time, and below that of its children: `0m0.123s 0m0.045s`.
  const sums = [...stdout.toString().matchAll(/^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/gm)].map(
    ([, um, us, sm, ss]) => 60 * (Number(um) + Number(sm)) + Number(us) + Number(ss),
  );
  const [, before, , after] = sums;
  if (before === undefined || after === undefined) throw new Error(`no sums: ${stdout}${stderr}`);
  return (after - before) / SECONDS;
}
