import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { messageOf } from "../lib/errors.ts";
import { UserError } from "../lib/user-error.ts";

/** Milliseconds in which a new program must print a line. */
const LIMIT = 20_000;
const SAMPLE = '{"session_id":"update","model":{"display_name":"works"},"workspace":{"current_dir":"/"}}\n';

/**
 * Refuses to replace a program that is not this one's to replace.
 * @throws UserError that says what to do instead
 */
export function refuseForeign(program: string): void {
  if (/\/(Cellar|homebrew)\//.test(program))
    throw new UserError(1, `${program} was installed by Homebrew`, "`brew upgrade statusline` updates it.");
  if (process.platform === "win32")
    throw new UserError(
      1,
      "on Windows a running program cannot be replaced",
      "Unpack the new release's zip over it.",
    );
  try {
    accessSync(program, constants.W_OK);
    accessSync(dirname(program), constants.W_OK);
  } catch {
    throw new UserError(
      1,
      `${program} cannot be written`,
      "Update it the way it was installed, or as the user that it belongs to.",
    );
  }
}

/** Puts `bytes` in the place of `program` in one step, once they have printed a status line. @throws UserError, system errors */
export async function replaceProgram(program: string, bytes: Uint8Array, childEnv: Record<string, string>) {
  const target = realpathSync(program);
  const staged = `${dirname(target)}/.statusline.new.${process.pid}`;
  try {
    writeFileSync(staged, bytes, { flag: "wx", mode: 0o700 });
    chmodSync(staged, statSync(target).mode & 0o777);
    await smokeTest(staged, childEnv);
    renameSync(staged, target);
  } finally {
    rmSync(staged, { force: true });
  }
}

/** With no folder to write to, it leaves nothing behind. */
async function smokeTest(program: string, childEnv: Record<string, string>): Promise<void> {
  const home = mkdtempSync(`${tmpdir()}/statusline-update-`);
  try {
    const child = Bun.spawn([program], {
      env: { ...childEnv, HOME: home, CLAUDE_CONFIG_DIR: "/dev/null" },
      stdio: [new Blob([SAMPLE]), "pipe", "pipe"],
      timeout: LIMIT,
      killSignal: "SIGKILL",
    });
    const [row, errors] = await Promise.all([child.stdout.text(), child.stderr.text()]);
    const code = await child.exited;
    if (code !== 0 || row.trim() === "") throw new Error(errors.trim().split("\n")[0] || `exit code ${code}`);
  } catch (error) {
    const hint = "The installed program was not changed.";
    throw new UserError(1, `the new program does not print a status line: ${messageOf(error)}`, hint);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
