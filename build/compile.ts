import { fileURLToPath } from "node:url";

/**
 * The one build line. Bytecode, ESM and splitting keep the start short, and so does a compiler that leaves alone what
 * runs a few dozen times; without the autoloads a `bunfig.toml` or `.env` in the folder that a session works in has no
 * effect on the program.
 */
const FLAGS = [
  "--compile",
  "--minify",
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
  const build = Bun.spawn([process.execPath, "build", ...flags, entry, "--outfile", outfile], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors] = await Promise.all([build.stdout.text(), build.stderr.text()]);
  if ((await build.exited) !== 0) throw new Error(`bun build ${entry}: ${output}${errors}`);
}

/** An empty program with the same build flags: what a start of Bun costs on this machine. */
export async function compileFloor(outfile: string): Promise<void> {
  await compile(`${root}build/floor.ts`, outfile);
}
