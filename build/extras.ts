/**
 * Writes the manual and the shells' completions that the built program prints, below FOLDER:
 *   node build/bun.mjs build/extras.ts FOLDER
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { root } from "./compile.ts";

/** What a release holds beside the program: its path there, and the arguments that make the program print it. */
const EXTRAS: Readonly<Record<string, readonly string[]>> = {
  "man/statusline.1": ["man"],
  "completions/statusline.bash": ["completions", "bash"],
  "completions/_statusline": ["completions", "zsh"],
  "completions/statusline.fish": ["completions", "fish"],
};
const UNKNOWN_COMMAND = 2;

/**
 * What `program`, which must run on this machine, prints of them; what it knows no command for is left out.
 * @throws Error when a command that it knows fails or prints nothing
 */
export function extrasOf(program: string): Map<string, string> {
  const extras = new Map<string, string>();
  for (const [path, args] of Object.entries(EXTRAS)) {
    const { exitCode, stdout, stderr } = Bun.spawnSync([program, ...args], { stdin: "ignore" });
    if (exitCode === UNKNOWN_COMMAND) continue;
    if (exitCode !== 0 || stdout.length === 0)
      throw new Error(`statusline ${args.join(" ")}: ${stderr.toString() || `exited with ${exitCode}`}`);
    extras.set(path, stdout.toString());
  }
  return extras;
}

if (import.meta.main) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error("say into which folder");
  for (const [path, content] of extrasOf(`${root}dist/statusline`)) {
    mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
    await Bun.write(`${folder}/${path}`, content);
  }
}
