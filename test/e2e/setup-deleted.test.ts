import { expect, test } from "bun:test";
import { mkdirSync, rmSync } from "node:fs";
import { binary, inSandbox, type Sandbox } from "../harness.ts";
import { call, done, ENTRY, entryIn, settingsOf, write } from "./setup-harness.ts";

/** What /bin/sh prints for `command` when its working directory has been deleted. */
function rowOf(command: string, sandbox: Sandbox): { exitCode: number; row: string } {
  const folder = `${sandbox.path}/deleted`;
  mkdirSync(folder);
  const child = Bun.spawnSync(["/bin/sh", "-c", `rm -r ${folder}; /bin/sh -c "$0"`, command], {
    cwd: folder,
    env: sandbox.env,
    stdin: new TextEncoder().encode(
      `{"model":{"display_name":"Opus"},"workspace":{"current_dir":"${folder}"}}`,
    ),
  });
  rmSync(folder, { recursive: true, force: true });
  return { exitCode: child.exitCode, row: child.stdout.toString() };
}

test("setup upgrades a command that is the program alone, and the row is drawn in a deleted folder", () =>
  inSandbox(async (sandbox) => {
    const path = write(settingsOf(sandbox), JSON.stringify({ statusLine: { ...ENTRY, command: binary } }));
    expect(rowOf(binary, sandbox)).toEqual({ exitCode: 1, row: "" });
    await done(sandbox, "setup --yes");
    expect(entryIn(path)).toEqual(ENTRY);
    const { exitCode, row } = rowOf(entryIn(path).command, sandbox);
    expect(exitCode).toBe(0);
    expect(row).toContain("Opus");
  }));

test("doctor warns of a command that prints nothing in a deleted folder, and not of what setup writes", () =>
  inSandbox(async (sandbox) => {
    const warned = async () => (await call(sandbox, "doctor")).stdout.includes("prints nothing in a folder");
    write(settingsOf(sandbox), JSON.stringify({ statusLine: { ...ENTRY, command: binary } }));
    expect(await warned()).toBe(true);
    await done(sandbox, "setup --yes");
    expect(await warned()).toBe(false);
  }));
