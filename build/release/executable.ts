import { isMachO, readMachO } from "./macho.ts";
import type { Target } from "./targets.ts";

/** For which system and CPU a program is; `libc` by the loader that a Linux program names. */
export type Kind = Pick<Target, "os" | "cpu" | "libc">;

/** ELF: `elf.h`. PE: Microsoft's "PE Format". */
const ELF_MACHINES: Readonly<Record<number, Kind["cpu"]>> = { 62: "x64", 183: "arm64" };
const PE_MACHINES: Readonly<Record<number, Kind["cpu"]>> = { 34404: "x64", 43620: "arm64" };
const ELF = 0x464c457f;
const MZ = 0x5a4d;
const PE = 0x4550;
const PT_INTERP = 3;

/** What `bytes` say in their headers that they are. @throws Error when that is no program of any target */
export function kindOf(bytes: Uint8Array): Kind {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isMachO(file)) return { os: "darwin", cpu: readMachO(file).cpu };
  if (file.getUint32(0, true) === ELF) return elf(file, bytes);
  if (file.getUint16(0, true) === MZ) return pe(file);
  throw new Error("neither ELF nor Mach-O nor PE");
}

function elf(file: DataView, bytes: Uint8Array): Kind {
  const cpu = known(ELF_MACHINES, file.getUint16(18, true));
  const first = Number(file.getBigUint64(32, true));
  for (let n = 0; n < file.getUint16(56, true); n++) {
    const header = first + n * file.getUint16(54, true);
    if (file.getUint32(header, true) !== PT_INTERP) continue;
    const offset = Number(file.getBigUint64(header + 8, true));
    const loader = new TextDecoder().decode(
      bytes.subarray(offset, offset + Number(file.getBigUint64(header + 32, true))),
    );
    return { os: "linux", cpu, libc: loader.includes("ld-musl") ? "musl" : "glibc" };
  }
  throw new Error("an ELF file without a loader");
}

function pe(file: DataView): Kind {
  const header = file.getUint32(0x3c, true);
  if (file.getUint32(header, true) !== PE) throw new Error("an MZ file that is not PE");
  return { os: "windows", cpu: known(PE_MACHINES, file.getUint16(header + 4, true)) };
}

function known<T>(values: Readonly<Record<number, T>>, machine: number): T {
  const value = values[machine];
  if (value === undefined) throw new Error(`a program for machine type ${machine}`);
  return value;
}
