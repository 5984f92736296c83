import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/**
 * Private memory (bytes written to, which no other process shares) of a program when it prints: its output goes into a pipe that is full, so that it waits
 * there; then `smaps_rollup` of proc(5) tells. Linux only.
 */
export async function privateMemory(
  command: readonly string[],
  input: string,
  env: Record<string, string>,
  pipe: string,
): Promise<number> {
  // A program that was just built would count its own pages, until they are on the disk.
  Bun.spawnSync(["sync"]);
  Bun.spawnSync(["mkfifo", pipe]);
  const end = openSync(pipe, "r+");
  fill(end);
  const child = Bun.spawn([...command], { stdin: new Blob([input]), stdout: end, stderr: "ignore", env });
  await Bun.sleep(100);
  const memory = privateDirty(child.pid);
  child.kill("SIGKILL");
  await child.exited;
  closeSync(end);
  Bun.spawnSync(["rm", pipe]);
  return memory;
}

/** The most private memory (bytes) that a program has while it runs, looked at every 2 ms. Linux only. */
export async function peakMemory(command: readonly string[], env: Record<string, string>): Promise<number> {
  Bun.spawnSync(["sync"]);
  const child = Bun.spawn([...command], { stdio: ["ignore", "ignore", "ignore"], env });
  let peak = 0;
  while (child.exitCode === null) {
    peak = Math.max(peak, privateDirty(child.pid));
    await Bun.sleep(2);
  }
  return peak;
}

/** 0 when the process has ended. */
function privateDirty(pid: number): number {
  let rollup = "";
  try {
    rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  } catch {
    return 0;
  }
  const kibibytes = [...rollup.matchAll(/^Private_Dirty: +(\d+) kB$/gm)].map(([, size]) => Number(size));
  return kibibytes.reduce((sum, size) => sum + size, 0) * 1024;
}

/** Pipes hold 64 KiB (pipe(7)). */
function fill(end: number): void {
  writeSync(end, Buffer.alloc(64 * 1024));
}
