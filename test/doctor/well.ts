import { expect } from "bun:test";
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import type { Check, Status } from "../../src/doctor/check.ts";
import { binary, ccusageFolder, inSandbox, type Run, type Sandbox } from "../harness.ts";

/** What `statusLine` is where all is well. */
export const STATUS_LINE = {
  type: "command",
  command: `cd /; exec ${binary}`,
  padding: 0,
  refreshInterval: 10,
};

/** A folder of Claude Code's settings in which all is well, for a session in the sandbox. */
export function makeWell(sandbox: Sandbox): void {
  settings(sandbox, { statusLine: STATUS_LINE });
  const folder = realpathSync(sandbox.path);
  clientState(sandbox, { projects: { [folder]: { hasTrustDialogAccepted: true } } });
  sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
  sandbox.program("claude", "echo '2.1.329 (Claude Code)'");
}

/** Writes the person's settings of Claude Code, or those of another file of theirs. */
export function settings(sandbox: Sandbox, content: object | string, name = "settings.json"): string {
  const path = `${sandbox.home}/.claude/${name}`;
  mkdirSync(`${sandbox.home}/.claude`, { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** Writes what Claude Code knows of folders. */
export function clientState(sandbox: Sandbox, content: object | string): void {
  writeFileSync(
    `${sandbox.home}/.claude.json`,
    typeof content === "string" ? content : JSON.stringify(content),
  );
}

export interface Examined extends Run {
  readonly checks: readonly Check[];
  readonly log: readonly string[];
  /** The checks of a name. */
  of(name: string): Check[];
}

/** What `doctor --json` says, whatever `program` it is. */
export async function examined(sandbox: Sandbox, env: Record<string, string> = {}): Promise<Examined> {
  return readExamined(await sandbox.run("", env, ["doctor", "--json"]));
}

export function readExamined(run: Run): Examined {
  const { checks, log } = JSON.parse(run.stdout) as { checks: Check[]; log: string[] };
  expect(run.exitCode).toBe(checks.some(({ status }) => status === "problem") ? 1 : 0);
  return { ...run, checks, log, of: (name) => checks.filter((check) => check.name === name) };
}

/** A sandbox in which all is well but for what `spoil` does; the checks of `name` then. */
export async function spoilt(
  name: string,
  spoil: (sandbox: Sandbox) => void | Promise<void>,
  env: Record<string, string> = {},
): Promise<Check[]> {
  let checks: Check[] = [];
  await inSandbox(async (sandbox) => {
    makeWell(sandbox);
    await spoil(sandbox);
    checks = (await examined(sandbox, env)).of(name);
  });
  return checks;
}

/** One check that says so, with something to do about it. */
export function says(status: Status, message: string | RegExp, hint: string | RegExp = /./) {
  const matching = (text: string | RegExp) =>
    typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text);
  return expect.arrayContaining([
    expect.objectContaining({ status, message: matching(message), hint: matching(hint) }),
  ]);
}
