import { hasCode, messageOf } from "./errors.ts";

/**
 * Files as renders read and write them: wherever that can be without `node:fs`, which costs a start 1 to 3 ms. `World`
 * documents what each of these does.
 */

/**
 * A mapped file needs neither `node:fs` nor a thread, of which `Bun.file` starts a pool; but one that becomes shorter
 * while it is mapped ends the process.
 */
export function readReplaced(path: string, most: number): string | null {
  const { size } = Bun.file(path);
  if (size === Number.POSITIVE_INFINITY) throw pipeAt(path);
  if (size > most || (size === 0 && mtime(path) === null)) return null;
  try {
    return new TextDecoder().decode(Bun.mmap(path));
  } catch {
    return readText(path, most); // What cannot be mapped, such as an empty file.
  }
}

export function readText(path: string, most: number): string | null {
  // Opening a pipe without a writer would wait for ever. Bun says that a pipe or device has no end.
  const { size } = Bun.file(path);
  if (size === Number.POSITIVE_INFINITY) throw pipeAt(path);
  if (size > most) return null;
  try {
    return new TextDecoder().decode(nodeFs().readFileSync(path));
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return null;
    throw systemError(path, messageOf(error), (error as NodeJS.ErrnoException).code);
  }
}

/** Like those of `node:fs`, which do not always name the file. */
function systemError(path: string, message: string, code = ""): Error {
  return Object.assign(new Error(`${path}: ${message}`), { code, syscall: "open", path });
}

function pipeAt(path: string): Error {
  return systemError(path, "a pipe or device is where a file should be", "ENXIO");
}

/** Loaded where it is needed: it would cost every start 1 to 3 ms. */
function nodeFs() {
  return process.getBuiltinModule("node:fs");
}

export async function write(path: string, text: string): Promise<void> {
  process.umask(0o077); // The option `mode` of Bun.write has no effect (seen in Bun 1.4.5).
  await Bun.write(path, text, { createPath: true });
}

export function isFile(path: string): boolean {
  try {
    return nodeFs().statSync(path).isFile();
  } catch {
    return false;
  }
}

export function readTail(path: string, bytes: number): string | null {
  if (!isFile(path)) return null;
  const { openSync, fstatSync, readSync, closeSync } = nodeFs();
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const tail = new Uint8Array(Math.min(size, bytes));
    const length = readSync(file, tail, 0, tail.length, size - tail.length);
    return new TextDecoder().decode(tail.subarray(0, length));
  } finally {
    closeSync(file);
  }
}

// What Bun.file().lastModified gives for a path that does not exist (seen in Bun 1.4.5: 2^52 - 1).
const NO_FILE = 2 ** 52 - 1;

export function mtime(path: string): number | null {
  const time = Bun.file(path).lastModified;
  return time >= NO_FILE ? null : time;
}
