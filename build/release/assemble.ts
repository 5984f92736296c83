import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { compile, root } from "../compile.ts";
import { extrasOf } from "../extras.ts";
import { adHocSigned, signatureFault } from "./codesign.ts";
import { kindOf } from "./executable.ts";
import { fetchRuntime, type Runtime, run } from "./runtime.ts";
import { sbom } from "./sbom.ts";
import { SUMS_FILE, sha256, writeSums } from "./sums.ts";
import { type Packed, tarGz } from "./tar.ts";
import { archiveName, folderName, programName, type Target } from "./targets.ts";
import { zip } from "./zip.ts";

const SBOM_FILE = "statusline.cdx.json";
const DOCUMENTS = ["LICENSE", "README.md"];

/**
 * Writes a release for `targets` into the folder `out`: an archive for each, the bill of materials, and the sums of
 * all of them. One target is worked on at a time, and its 300 MB of scratch go before the next.
 * @throws Error when a step fails; then `out` has no sums file
 */
export async function assemble(
  targets: readonly Target[],
  out: string,
  tell: (line: string) => void,
): Promise<void> {
  mkdirSync(out, { recursive: true });
  rmSync(`${out}/${SUMS_FILE}`, { force: true });
  const { version } = await Bun.file(`${root}package.json`).json();
  const time = await sourceTime();
  const shared = await sharedFiles(`${out}/.work`);
  const sums = new Map<string, string>();
  const runtimes: Runtime[] = [];
  const publish = async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    await Bun.write(`${out}/${name}`, bytes);
    sums.set(name, sha256(bytes));
  };
  for (const target of targets) {
    const start = performance.now();
    const { bytes, runtime } = await programFor(target, `${out}/.work`);
    runtimes.push(runtime);
    const program = { path: programName(target), bytes, executable: true };
    const files = [program, ...shared].map((file) => inFolder(file, folderName(target, version)));
    const packed = target.os === "windows" ? zip(files, time) : tarGz(files, time);
    await publish(archiveName(target, version), packed);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    tell(`${archiveName(target, version)}  ${(packed.length / 2 ** 20).toFixed(1)} MiB  ${seconds} s`);
  }
  await publish(SBOM_FILE, new TextEncoder().encode(await sbom(runtimes, time)));
  await Bun.write(`${out}/${SUMS_FILE}`, writeSums(sums));
}

const inFolder = (file: Packed, folder: string) => ({ ...file, path: `${folder}/${file.path}` });

/** `SOURCE_DATE_EPOCH` (reproducible-builds.org), else when the commit that is built was made; in seconds. */
async function sourceTime(): Promise<number> {
  return Number(process.env.SOURCE_DATE_EPOCH ?? (await run("git", "log", "-1", "--format=%ct")));
}

/** What is the same in every archive: the documents, and what the program built for this machine tells of itself. */
async function sharedFiles(work: string): Promise<Packed[]> {
  const program = `${work}/statusline`;
  try {
    await compile(`${root}src/main.ts`, program);
    chmodSync(program, 0o755);
    const documents = DOCUMENTS.map(
      async (name) => [name, await Bun.file(`${root}${name}`).bytes()] as const,
    );
    const extras = [...extrasOf(program)].map(
      ([path, text]) => [path, new TextEncoder().encode(text)] as const,
    );
    return [...(await Promise.all(documents)), ...extras].map(([path, bytes]) => ({
      path,
      bytes,
      executable: false,
    }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Builds the program for `target`. @throws Error when what comes out is not for that target, or is wrongly signed */
async function programFor(target: Target, work: string): Promise<{ bytes: Uint8Array; runtime: Runtime }> {
  const path = `${work}/${programName(target)}`;
  try {
    const runtime = await fetchRuntime(target, `${work}/runtime`);
    await compile(`${root}src/main.ts`, path, { target: `bun-${target.name}`, runtime: runtime.path });
    const built = await Bun.file(path).bytes();
    const { os, cpu, libc } = kindOf(built);
    if (os !== target.os || cpu !== target.cpu || libc !== target.libc)
      throw new Error(`the program for ${target.name} is one for ${os} ${cpu} ${libc ?? ""}`);
    return { bytes: os === "darwin" ? validlySigned(built) : built, runtime };
  } finally {
    if (existsSync(work)) rmSync(work, { recursive: true });
  }
}

/**
 * Bun 1.4.5 signs its programs for ARM anew, and leaves those for x64 with its own signature, which the added code
 * has made wrong.
 */
function validlySigned(program: Uint8Array): Uint8Array {
  return signatureFault(program) === undefined ? program : adHocSigned(program, "statusline");
}
