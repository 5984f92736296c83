/** A kind of machine that a release has an archive for. */
export interface Target {
  /** Its name in the archive's name; `install.sh` finds the same name. */
  readonly name: string;
  readonly os: "linux" | "darwin" | "windows";
  readonly cpu: "x64" | "arm64";
  /** The loader of a Linux program. */
  readonly libc?: "glibc" | "musl";
  /** The npm package below `@oven/` that holds Bun for it. */
  readonly runtime: string;
}

/**
 * All targets. Of Bun 1.4.5 the baseline package holds the same bytes as the other one for x64; it has an archive
 * of its own all the same, since Bun says of neither that it stays so.
 */
export const TARGETS: readonly Target[] = [
  { name: "linux-x64", os: "linux", cpu: "x64", libc: "glibc", runtime: "bun-linux-x64" },
  { name: "linux-x64-baseline", os: "linux", cpu: "x64", libc: "glibc", runtime: "bun-linux-x64-baseline" },
  { name: "linux-arm64", os: "linux", cpu: "arm64", libc: "glibc", runtime: "bun-linux-aarch64" },
  { name: "linux-x64-musl", os: "linux", cpu: "x64", libc: "musl", runtime: "bun-linux-x64-musl" },
  { name: "linux-arm64-musl", os: "linux", cpu: "arm64", libc: "musl", runtime: "bun-linux-aarch64-musl" },
  { name: "darwin-arm64", os: "darwin", cpu: "arm64", runtime: "bun-darwin-aarch64" },
  { name: "darwin-x64", os: "darwin", cpu: "x64", runtime: "bun-darwin-x64" },
  { name: "windows-x64", os: "windows", cpu: "x64", runtime: "bun-windows-x64" },
];

/** The targets of these names. @throws Error with the names that there are */
export function targetsNamed(names: readonly string[]): Target[] {
  return names.map((name) => {
    const target = TARGETS.find((one) => one.name === name);
    if (target === undefined)
      throw new Error(`no target ${name}; there are ${TARGETS.map((one) => one.name).join(", ")}`);
    return target;
  });
}

/** The program's file name on `target`. */
export const programName = ({ os }: Target) => (os === "windows" ? "statusline.exe" : "statusline");

/** The name of the folder in `target`'s archive; the archive's own name, less its ending. */
export const folderName = ({ name }: Target, version: string) => `statusline-${version}-${name}`;

/** The archive's file name. Windows unpacks zip by itself, and every other system .tar.gz. */
export const archiveName = (target: Target, version: string) =>
  `${folderName(target, version)}.${target.os === "windows" ? "zip" : "tar.gz"}`;
