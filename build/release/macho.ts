/**
 * What of a 64-bit Mach-O file a code signature is about. Layout and constants: Apple's `mach-o/loader.h` and
 * `mach-o/machine.h`.
 */
export interface MachO {
  readonly cpu: "x64" | "arm64";
  /** Where the file's code ends and its signature begins. */
  readonly signature: Span & { readonly command: number };
  /** The segment `__LINKEDIT`, which the signature closes. */
  readonly linkEdit: Span & { readonly command: number };
  /** The segment `__TEXT`, which is what may be run. */
  readonly text: Span;
}

/** A part of a file, in bytes. */
export interface Span {
  readonly offset: number;
  readonly size: number;
}

const MAGIC_64 = 0xfeedfacf;
const HEADER_SIZE = 32;
const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;
const CPUS: Readonly<Record<number, MachO["cpu"]>> = { 16777223: "x64", 16777228: "arm64" };

/** Where the fields of a load command stand, from its beginning. */
export const FIELD = { signatureSize: 12, segmentVmSize: 32, segmentFileSize: 48 } as const;

export const isMachO = (file: DataView) => file.getUint32(0, true) === MAGIC_64;

/** @throws Error when `file` is no such file, is for another CPU, or has no place for a signature */
export function readMachO(file: DataView): MachO {
  if (!isMachO(file)) throw new Error("not a 64-bit Mach-O file");
  const cpu = CPUS[file.getUint32(4, true)];
  const segments = new Map<string, Span & { command: number }>();
  let signature: MachO["signature"] | undefined;
  let command = HEADER_SIZE;
  for (let left = file.getUint32(16, true); left > 0; left--) {
    const kind = file.getUint32(command, true);
    if (kind === LC_SEGMENT_64) segments.set(nameAt(file, command + 8), segment(file, command));
    if (kind === LC_CODE_SIGNATURE)
      signature = {
        command,
        offset: file.getUint32(command + 8, true),
        size: file.getUint32(command + FIELD.signatureSize, true),
      };
    command += file.getUint32(command + 4, true);
  }
  const text = segments.get("__TEXT");
  const linkEdit = segments.get("__LINKEDIT");
  if (!cpu || !text || !linkEdit || !signature) throw new Error("a Mach-O file without a code signature");
  return { cpu, signature, linkEdit, text };
}

const segment = (file: DataView, command: number) => ({
  command,
  offset: Number(file.getBigUint64(command + 40, true)),
  size: Number(file.getBigUint64(command + FIELD.segmentFileSize, true)),
});

function nameAt(file: DataView, at: number): string {
  const bytes = new Uint8Array(file.buffer, file.byteOffset + at, 16);
  return new TextDecoder().decode(bytes).replace(/\0.*$/, "");
}
