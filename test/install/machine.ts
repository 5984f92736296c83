import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { root } from "../../build/compile.ts";

/** The shells that are on this machine, of those that `install.sh` is written for. */
export const SHELLS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({ dash: ["dash"], bash: ["bash", "--posix"], ash: ["busybox", "ash"] }).flatMap(
    ([name, [program = "", ...args]]) => {
      const path = Bun.which(program);
      return path === null ? [] : [[name, [path, ...args]]];
    },
  ),
);

/** What `install.sh` may use of a system, besides what downloads and what counts sums. */
const TOOLS =
  "uname getconf ldd grep mktemp mkdir rm rmdir cp mv chmod tar gzip sleep head cat dirname sh env";

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine of its own for the installer: a home, a folder for temporary files, and the programs of a PATH. */
export class Machine {
  readonly path = mkdtempSync(`${tmpdir()}/statusline-install-`);
  readonly home = `${this.path}/home`;
  readonly target = `${this.home}/.local/bin/statusline`;
  readonly env: Record<string, string> = {
    HOME: this.home,
    PATH: `${this.path}/bin`,
    TMPDIR: `${this.path}/tmp`,
  };

  /** With the programs `tools` on its PATH; `busybox NAME` is that program of busybox. */
  constructor(tools: readonly string[] = ["curl", "sha256sum"]) {
    for (const folder of ["home", "bin", "tmp"]) mkdirSync(`${this.path}/${folder}`);
    for (const tool of [...TOOLS.split(" "), ...tools]) {
      const [, applet] = tool.split(" ");
      if (applet !== undefined) this.tool(applet, `exec ${Bun.which("busybox")} ${applet} "$@"`);
      const path = Bun.which(tool);
      if (path !== null) symlinkSync(path, `${this.path}/bin/${tool}`);
    }
    // The tests' machine decides nothing: it is an x64 Linux with glibc and AVX2 unless a test says otherwise.
    this.is("Linux", "x86_64");
  }

  /** Makes `uname`, and what else tells of a machine, say this. */
  is(os: string, cpu: string, { musl = false, avx2 = true, rosetta = false } = {}): this {
    this.tool("uname", `[ "$1" = -s ] && echo ${os} || echo ${cpu}`);
    this.tool("getconf", musl ? "exit 1" : 'case $1 in LONG_BIT) echo 64 ;; *) echo "glibc 2.36" ;; esac');
    this.tool("ldd", musl ? 'echo "musl libc (x86_64)" >&2; exit 1' : "echo glibc");
    this.tool("sysctl", rosetta ? "echo 1" : "exit 1");
    const grep = Bun.which("grep");
    this.tool("grep", `case $* in *cpuinfo) exit ${avx2 ? 0 : 1} ;; *) exec ${grep} "$@" ;; esac`);
    return this;
  }

  tool(name: string, script: string): void {
    const path = `${this.path}/bin/${name}`;
    rmSync(path, { force: true });
    writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** Runs `install.sh` with `args`; `piped` as under `curl | sh`. */
  async install(shell: readonly string[], args: readonly string[], piped = false): Promise<Outcome> {
    const script = `${root}install.sh`;
    return this.run(
      [...shell, ...(piped ? ["-s", "--"] : [script]), ...args],
      piped ? Bun.file(script) : "ignore",
    );
  }

  async run(command: readonly string[], stdin: Blob | "ignore" = "ignore"): Promise<Outcome> {
    const child = Bun.spawn([...command], {
      env: this.env,
      cwd: this.path,
      stdin,
      stdout: "pipe",
      stderr: "pipe",
    });
    const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
    return { exitCode: await child.exited, stdout, stderr };
  }

  /** All files below the home and the folder for temporary files. */
  files(): string[] {
    const below = (folder: string) =>
      readdirSync(`${this.path}/${folder}`, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => `${entry.parentPath}/${entry.name}`.slice(this.path.length + 1));
    return [...below("home"), ...readdirSync(`${this.path}/tmp`)].sort();
  }

  installed(): string {
    return existsSync(this.target) ? readFileSync(this.target, "utf8") : "";
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
