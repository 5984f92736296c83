/**
 * Unpacks an archive of the release in FOLDER and has its program show a session on this machine:
 *   node build/bun.mjs build/smoke.ts FOLDER TARGET
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { root } from "./compile.ts";
import { run } from "./release/runtime.ts";
import { archiveName, folderName, programName, type Target, targetsNamed } from "./release/targets.ts";

const SESSION = { session_id: "smoke", model: { display_name: "smoke" }, workspace: { current_dir: "/" } };

/** What the program for `target` of the release in `release` prints. @throws Error when it fails, or shows no model */
export async function smoke(release: string, target: Target): Promise<string> {
  const { version } = await Bun.file(`${root}package.json`).json();
  const name = archiveName(target, version);
  const folder = mkdtempSync(`${tmpdir()}/statusline-smoke-`);
  try {
    // The tar of Windows unpacks zip too.
    await run("tar", "-xf", resolve(release, name), "-C", folder);
    const program = `${folder}/${folderName(target, version)}/${programName(target)}`;
    // With no folder to write to, nothing is left running or lying about.
    const env = { ...process.env, HOME: folder, CLAUDE_CONFIG_DIR: "/dev/null", NO_COLOR: "1" };
    const stdin = new TextEncoder().encode(JSON.stringify(SESSION));
    const { exitCode, stdout, stderr } = Bun.spawnSync([program], { env, stdin, timeout: 20_000 });
    if (exitCode !== 0 || !stdout.includes("smoke"))
      throw new Error(`${name}: ended with ${exitCode}: ${stdout}${stderr}`);
    return stdout.toString();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const [, , release, name] = process.argv;
  if (release === undefined || name === undefined) throw new Error("say which folder and which target");
  for (const target of targetsNamed([name])) console.log(await smoke(release, target));
}
