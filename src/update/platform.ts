import { closeSync, openSync, readSync } from "node:fs";
import { ifThere } from "../lib/if-there.ts";
import { readOrNull } from "../lib/read.ts";

/** Where a Linux program names its loader, which tells the C library that it is built for (elf(5), PT_INTERP). */
const HEADER = 4096;

/**
 * The name of the build that replaces the program `file`: one for the same kind of machine, as `install.sh` names it.
 * @throws system errors
 */
export function buildName(file: string): string {
  const name = `${process.platform}-${process.arch}`;
  if (process.platform !== "linux") return name;
  if (beginning(file).includes("/ld-musl-")) return `${name}-musl`;
  const cpu = process.arch === "x64" ? ifThere(() => readOrNull("/proc/cpuinfo"), null) : null;
  return cpu !== null && !/\bavx2\b/.test(cpu) ? `${name}-baseline` : name;
}

function beginning(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEADER);
    return bytes.toString("latin1", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
