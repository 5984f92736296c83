import { UserError } from "../lib/errors.ts";
import { pathsIn } from "../lib/if-there.ts";
import { readOrNull } from "../lib/read.ts";
import { printable } from "../lib/text.ts";
import { checkState } from "../state/check.ts";
import { attempt } from "../state/parse.ts";
import { parseFields } from "../state/yaml-text.ts";
import type { World } from "../world.ts";
import { fileProblems } from "./files.ts";

/** How much of the log is looked at: its last lines. */
const LOG_BYTES = 16 * 1024;
const LOG_LINES = 10;

/**
 * `statusline doctor`: says what is wrong, and what to do about it.
 * @throws UserError when something is wrong
 */
export async function doctor(world: World, args: readonly string[]): Promise<void> {
  if (args.length > 0) throw new UserError(2, "usage: statusline doctor");
  const programs = [...program("git", world), ...program("ccusage", world)];
  const problems = [...programs, ...fileProblems(world), ...stateProblems(world)];
  const log = await recentLog(world);
  if (log.length > 0)
    await world.stdout(`Last of ${world.paths.log}:\n${log.map((line) => `  ${line}\n`).join("")}`);
  if (problems.length > 0) throw new UserError(1, problems.join("\n"));
  await world.stdout("all is well\n");
}

const WITHOUT: Readonly<Record<string, string>> = {
  git: "branches are shown without counts",
  ccusage: "only a session's own cost is shown; `npm install -g ccusage` puts it there",
};

function program(name: string, world: World): string[] {
  if (Bun.which(name, { PATH: world.childEnv().PATH ?? "" }) !== null) return [];
  return [`${name} is not on PATH: ${WITHOUT[name]}`];
}

function stateProblems(world: World): string[] {
  const found = checkState(textOf(world.paths.state) ?? "").map(({ line, column, field, message }) => {
    return `${world.paths.state}:${line}:${column}: ${field ? `${field}: ` : ""}${printable(message)}`;
  });
  const inRoot = (ending: string) => attempt(() => pathsIn(world.paths.root, ending)) ?? [];
  const broken = inRoot(".json").filter((path) => parseFields(textOf(path) ?? "{}") === null);
  const aside = inRoot(".broken");
  return [
    ...found,
    ...broken.map((path) => `${path} is no JSON object; it is left as it is: mend it or remove it`),
    ...aside.map(
      (path) => `${path} could not be used and was set aside; take from it what you need, then remove it`,
    ),
  ];
}

/** The text of a file that can be read; `fileProblems` tells of one that cannot. */
const textOf = (path: string) => attempt(() => readOrNull(path));

/** The last warnings and errors. */
async function recentLog(world: World): Promise<string[]> {
  const text = await world.readTail(world.paths.log, LOG_BYTES).catch(() => null);
  return (text ?? "")
    .split("\n")
    .filter((line) => / (warning|error) /.test(line))
    .slice(-LOG_LINES)
    .map(printable);
}
