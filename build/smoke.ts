/**
 * Unpacks the archive of a release and has its program show a session on this machine:
 *   node build/bun.mjs build/smoke.ts ARCHIVE
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, resolve } from "node:path";
import { run } from "./release/runtime.ts";

const SESSION = { session_id: "smoke", model: { display_name: "smoke" }, workspace: { current_dir: "/" } };

/** What the program of `archive` prints for a session. @throws Error when it fails or does not show the model */
export async function smoke(archive: string): Promise<string> {
  const folder = mkdtempSync(`${tmpdir()}/statusline-smoke-`);
  try {
    // The tar of Windows unpacks zip too.
    await run("tar", "-xf", resolve(archive), "-C", folder);
    const program = `${folder}/${basename(archive).replace(/\.(tar\.gz|zip)$/, "")}/statusline`;
    // With no folder to write to, nothing is left running or lying about.
    const env = { ...process.env, HOME: folder, CLAUDE_CONFIG_DIR: "/dev/null", NO_COLOR: "1" };
    const stdin = new TextEncoder().encode(JSON.stringify(SESSION));
    const { exitCode, stdout, stderr } = Bun.spawnSync([program], { env, stdin, timeout: 20_000 });
    if (exitCode !== 0 || !stdout.includes("smoke"))
      throw new Error(`${basename(archive)}: ended with ${exitCode}: ${stdout}${stderr}`);
    return stdout.toString();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const archive = process.argv[2];
  if (archive === undefined) throw new Error("say which archive");
  console.log(await smoke(archive));
}
