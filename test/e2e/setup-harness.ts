import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { binary, type Run, type Sandbox } from "../harness.ts";

/** The entry that `setup` writes. */
export const ENTRY = { type: "command", command: `cd /; exec ${binary}`, padding: 0, refreshInterval: 10 };

/** The settings of the sandbox's account. */
export const settingsOf = ({ home }: Sandbox) => `${home}/.claude/settings.json`;

export function write(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A file's bytes as text that shows each of them; null when there is none. */
export const bytesOf = (path: string) => (existsSync(path) ? readFileSync(path, "latin1") : null);

export const call = (
  sandbox: Sandbox,
  line: string,
  env: Record<string, string> = {},
  program = binary,
): Promise<Run> => sandbox.run("", env, line.split(" "), program);

/** Calls it and expects that it can be done. @returns what it printed */
export async function done(
  sandbox: Sandbox,
  line: string,
  env: Record<string, string> = {},
): Promise<string> {
  const { exitCode, stdout, stderr } = await call(sandbox, line, env);
  if (exitCode !== 0 || stderr !== "") throw new Error(`${line}: ${exitCode}\n${stderr}`);
  return stdout;
}

/** The copies that were made beside a file, from old to new. */
export const copiesOf = (path: string) =>
  readdirSync(dirname(path))
    .filter((name) => name.endsWith(".bak"))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .map((name) => `${dirname(path)}/${name}`);

/** Settings with another program's status line. */
export const statusLine = (command: string) =>
  `${JSON.stringify({ statusLine: { type: "command", command } }, null, 2)}\n`;

/** The person's own configuration. */
export const userFile = ({ home }: Sandbox) => `${home}/.claude/statusline.user.json`;

/** The status line that a file of settings names. */
export const entryIn = (path: string) => JSON.parse(bytesOf(path) ?? "{}").statusLine;
