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
  const rollup = readFileSync(`/proc/${child.pid}/smaps_rollup`, "utf8");
  child.kill("SIGKILL");
  await child.exited;
  closeSync(end);
  Bun.spawnSync(["rm", pipe]);
  const kibibytes = [...rollup.matchAll(/^Private_Dirty: +(\d+) kB$/gm)].map(([, size]) => Number(size));
  return kibibytes.reduce((sum, size) => sum + size, 0) * 1024;
}

/** Pipes hold 64 KiB (pipe(7)). */
function fill(end: number): void {
  writeSync(end, Buffer.alloc(64 * 1024));
}
