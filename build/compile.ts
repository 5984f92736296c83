import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The one build line. Bytecode, ESM and splitting keep the start short, and so does a compiler that leaves alone what
 * runs a few dozen times. With source maps in the program a stack names files and lines of the source; they are read only
 * when one is asked for. Without the autoloads a `bunfig.toml` or `.env` in the folder that a session works in has no
 * effect on the program.
 */
const FLAGS = [
  "--compile",
  "--minify",
  "--sourcemap",
  "--bytecode",
  "--format=esm",
  "--splitting",
  "--compile-jit-policy=10",
  "--no-compile-autoload-dotenv",
  "--no-compile-autoload-bunfig",
];

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Another kind of machine to build for: Bun's name of it, and the Bun program that runs there. */
export interface Cross {
  readonly target: string;
  readonly runtime: string;
}

/**
 * Compiles `entry` to the executable `outfile`, for this machine or for `cross`. The name of `outfile`, without its
 * folder, is a part of the program: the same source under the same name gives the same bytes.
 * @throws Error with Bun's own words when that fails
 */
export async function compile(entry: string, outfile: string, cross?: Cross): Promise<void> {
  const flags =
    cross === undefined
      ? FLAGS
      : [...FLAGS, `--target=${cross.target}`, `--compile-executable-path=${cross.runtime}`];
  mkdirSync(dirname(outfile), { recursive: true });
  // Bun writes the source maps as files too, beside the program.
  const scratch = mkdtempSync(`${dirname(outfile)}/.build-`);
  try {
    const made = `${scratch}/${basename(outfile)}`;
    const build = Bun.spawn([process.execPath, "build", ...flags, entry, "--outfile", made], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [output, errors] = await Promise.all([build.stdout.text(), build.stderr.text()]);
    if ((await build.exited) !== 0) throw new Error(`bun build ${entry}: ${output}${errors}`);
    renameSync(made, outfile);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** An empty program with the same build flags: what a start of Bun costs on this machine. */
export async function compileFloor(outfile: string): Promise<void> {
  await compile(`${root}build/floor.ts`, outfile);
}
