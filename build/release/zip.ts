import type { Packed } from "./tar.ts";

const text = new TextEncoder();
const UNIX = 3;
const VERSION = 20;
const DEFLATE = 8;

interface Entry {
  readonly name: Uint8Array;
  readonly head: Uint8Array;
  readonly data: Uint8Array;
  readonly mode: number;
}

/**
 * A zip of `files` in the order of their paths, each with the time `time` (seconds since 1970, not before 1980).
 * It depends on nothing but its arguments. Format: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.16.
 */
export function zip(files: readonly Packed[], time: number): Uint8Array<ArrayBuffer> {
  const entries = files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map((file) => entry(file, time));
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, head, data, mode } of entries) {
    const local = fields([4, 0x04034b50]);
    parts.push(local, head, name, data);
    directory.push(
      fields([4, 0x02014b50], [2, (UNIX << 8) | VERSION]),
      head,
      fields([2, 0], [2, 0], [2, 0], [4, (0o100000 | mode) * 0x10000], [4, at]),
      name,
    );
    at += local.length + head.length + name.length + data.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = entries.length;
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, at], [2, 0]);
  return Buffer.concat([...parts, ...directory, end]);
}

function entry({ path, bytes, executable }: Packed, time: number): Entry {
  const name = text.encode(path);
  const data = Bun.deflateSync(bytes as Uint8Array<ArrayBuffer>, { library: "libdeflate", level: 9 });
  const head = fields(
    [2, VERSION],
    [2, 0],
    [2, DEFLATE],
    [4, dosTime(time)],
    [4, Bun.hash.crc32(bytes)],
    [4, data.length],
    [4, bytes.length],
    [2, name.length],
    [2, 0],
  );
  return { name, head, data, mode: executable ? 0o755 : 0o644 };
}

/** MS-DOS time and date (in UTC), in steps of two seconds. */
function dosTime(time: number): number {
  const date = new Date(time * 1000);
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return day * 0x10000 + clock;
}

/** Little-endian fields of `[bytes, value]`. */
function fields(...values: readonly (readonly [2 | 4, number])[]): Uint8Array {
  const all = Buffer.alloc(values.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of values) at = all.writeUIntLE(value, at, bytes);
  return all;
}
