import { FIELD, type MachO, readMachO } from "./macho.ts";

/**
 * Ad-hoc code signatures: hashes of a program's pages, with nobody's name. macOS on ARM runs nothing without one,
 * and ends any program whose pages differ from its signature's. Layout and constants: `osfmk/kern/cs_blobs.h` of
 * Apple's xnu. All numbers in a signature are big-endian.
 */
const SUPER_BLOB = 0xfade0cc0;
const CODE_DIRECTORY = 0xfade0c02;
const CODE_DIRECTORY_SLOT = 0;
/** The first version that tells of the executable segment. */
const VERSION = 0x20400;
/** `CS_ADHOC | CS_LINKER_SIGNED`, as a linker signs: `codesign` replaces it without being forced to. */
const FLAGS = 0x20002;
const SHA256 = { type: 2, size: 32 };
const PAGE_BITS = 12;
const MAIN_BINARY = 1n;
const DIRECTORY_SIZE = 88;
const BLOB_HEADER = 20;

/**
 * What is wrong with the signature of a Mach-O file: it must have SHA-256 hashes of all pages up to itself, and each
 * must be that of the page's content.
 * @returns undefined when nothing is
 */
export function signatureFault(bytes: Uint8Array): string | undefined {
  const file = viewOf(bytes);
  const { signature } = readMachO(file);
  const at = directoryOffset(file, signature.offset);
  if (at === undefined) return "there is no code directory";
  const limit = file.getUint32(at + 32);
  if (limit !== signature.offset) return `it covers ${limit} of ${signature.offset} bytes`;
  if (file.getUint8(at + 37) !== SHA256.type) return "its hashes are not SHA-256";
  const page = 1 << file.getUint8(at + 39);
  const pages = file.getUint32(at + 28);
  if (pages !== Math.ceil(limit / page)) return `it has ${pages} hashes`;
  const hashes = at + file.getUint32(at + 16);
  const said = (n: number) => bytes.subarray(hashes + n * SHA256.size, hashes + (n + 1) * SHA256.size);
  for (let n = 0; n < pages; n++) {
    const content = bytes.subarray(n * page, Math.min((n + 1) * page, limit));
    if (!sha256(content).equals(said(n))) return `page ${n} has another hash`;
  }
  return undefined;
}

/** Where the code directory of the signature at `start` begins. */
function directoryOffset(file: DataView, start: number): number | undefined {
  if (file.getUint32(start) !== SUPER_BLOB) return undefined;
  for (let n = 0; n < file.getUint32(start + 8); n++) {
    const entry = start + 12 + 8 * n;
    if (file.getUint32(entry) === CODE_DIRECTORY_SLOT) return start + file.getUint32(entry + 4);
  }
  return undefined;
}

/** The same program with an ad-hoc signature in place of the one it has. */
export function adHocSigned(bytes: Uint8Array, identifier: string): Uint8Array {
  const macho = readMachO(viewOf(bytes));
  const code = macho.signature.offset;
  const name = new TextEncoder().encode(`${identifier}\0`);
  const pages = Math.ceil(code / (1 << PAGE_BITS));
  const hashes = DIRECTORY_SIZE + name.length;
  const length = BLOB_HEADER + hashes + pages * SHA256.size;
  const size = Math.ceil(length / 16) * 16;
  const signed = new Uint8Array(code + size);
  signed.set(bytes.subarray(0, code));
  // The first page holds the load commands, so they are put right before it is hashed.
  setSize(viewOf(signed), macho, size);
  const blob = viewOf(signed.subarray(code));
  [SUPER_BLOB, length, 1, CODE_DIRECTORY_SLOT, BLOB_HEADER].forEach((value, n) => {
    blob.setUint32(4 * n, value);
  });
  writeDirectory(viewOf(signed.subarray(code + BLOB_HEADER)), { macho, pages, hashes });
  signed.set(name, code + BLOB_HEADER + DIRECTORY_SIZE);
  for (let n = 0; n < pages; n++) {
    const page = signed.subarray(n << PAGE_BITS, Math.min((n + 1) << PAGE_BITS, code));
    signed.set(sha256(page), code + BLOB_HEADER + hashes + n * SHA256.size);
  }
  return signed;
}

/** Tells the load commands that the signature has `size` bytes, and is the end of the file. */
function setSize(file: DataView, { signature, linkEdit }: MachO, size: number): void {
  const segment = signature.offset + size - linkEdit.offset;
  file.setUint32(signature.command + FIELD.signatureSize, size, true);
  file.setBigUint64(linkEdit.command + FIELD.segmentFileSize, BigInt(segment), true);
  file.setBigUint64(
    linkEdit.command + FIELD.segmentVmSize,
    BigInt(Math.ceil(segment / 0x4000) * 0x4000),
    true,
  );
}

function writeDirectory(
  directory: DataView,
  { macho, pages, hashes }: { macho: MachO; pages: number; hashes: number },
): void {
  const length = hashes + pages * SHA256.size;
  const head = [
    CODE_DIRECTORY,
    length,
    VERSION,
    FLAGS,
    hashes,
    DIRECTORY_SIZE,
    0,
    pages,
    macho.signature.offset,
  ];
  head.forEach((value, n) => {
    directory.setUint32(4 * n, value);
  });
  directory.setUint8(36, SHA256.size);
  directory.setUint8(37, SHA256.type);
  directory.setUint8(39, PAGE_BITS);
  directory.setBigUint64(64, BigInt(macho.text.offset));
  directory.setBigUint64(72, BigInt(macho.text.size));
  directory.setBigUint64(80, MAIN_BINARY);
}

const sha256 = (bytes: Uint8Array) =>
  new Bun.CryptoHasher("sha256").update(bytes as Uint8Array<ArrayBuffer>).digest();

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
