/** A file of an archive. */
export interface Packed {
  /** Path in the archive, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

const BLOCK = 512;
const text = new TextEncoder();

/**
 * A gzipped tar of `files` in the order of their paths. It depends on nothing but its arguments: owner and group
 * are 0, and each file's time is `time` (seconds since 1970). Format: ustar, POSIX.1-2017 `pax`, table 4-14.
 * @throws Error for a path of over 100 bytes, which ustar would have to split
 */
export function tarGz(files: readonly Packed[], time: number): Uint8Array<ArrayBuffer> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const size = sorted.reduce((sum, { bytes }) => sum + BLOCK + padded(bytes.length), 2 * BLOCK);
  const tar = new Uint8Array(size);
  let at = 0;
  for (const file of sorted) {
    tar.set(header(file, time), at);
    tar.set(file.bytes, at + BLOCK);
    at += BLOCK + padded(file.bytes.length);
  }
  // libdeflate packs closer and faster than zlib, and writes no time into the gzip header.
  return Bun.gzipSync(tar, { library: "libdeflate", level: 9 });
}

const padded = (length: number) => Math.ceil(length / BLOCK) * BLOCK;

function header({ path, bytes, executable }: Packed, time: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (value: string, at: number) => block.set(text.encode(value), at);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  if (text.encode(path).length > 100) throw new Error(`too long for an archive: ${path}`);
  put(path, 0);
  put(octal(executable ? 0o755 : 0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(bytes.length, 11), 124);
  put(octal(time, 11), 136);
  put(" ".repeat(8), 148);
  put("0", 156);
  put("ustar\u000000", 257);
  put("root", 265);
  put("root", 297);
  // The sum is taken with blanks in its own place.
  const sum = block.reduce((all, byte) => all + byte, 0);
  put(`${octal(sum, 6)}\0 `, 148);
  return block;
}
