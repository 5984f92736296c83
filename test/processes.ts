import type { Sandbox } from "./harness.ts";

/** Ids of the processes whose whole command line is like this pattern (pgrep(1), -fx). */
export function running(command: string): string[] {
  return Bun.spawnSync(["pgrep", "-fx", command]).stdout.toString().split("\n").filter(Boolean);
}

/** Waits until there is none: what is killed ends when it is next given the processor. */
export async function gone(command: string): Promise<void> {
  for (let n = 0; n < 100 && running(command).length > 0; n++) await Bun.sleep(20);
  const left = running(command);
  if (left.length > 0) throw new Error(`${command} still runs: ${left}`);
}

/** A ccusage that hangs, with a child that does. @returns the command line of what it leaves running */
export function hangingCcusage(sandbox: Sandbox, mark: string): string {
  const sleep = `sleep ${mark}`;
  sandbox.program("ccusage", `[ "$1" = --version ] && echo ccusage 20.0.20 || { ${sleep} & ${sleep}; }`);
  return sleep;
}
