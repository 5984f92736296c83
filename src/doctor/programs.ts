import { settingsOf } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import { blocks, findCcusage } from "../sources/ccusage.ts";
import { findGit } from "../sources/git-place.ts";
import { GIT_VARIABLES, statusCommand } from "../sources/git-status.ts";
import type { World } from "../world.ts";
import { type Check, type CheckContext, ok, problem, warning } from "./check.ts";

/** Milliseconds for a program to say its version. */
const VERSION_TIMEOUT = 5000;
/** Milliseconds that the person waits here for a ccusage that hangs. */
const CCUSAGE_TIMEOUT = 5000;
/** Versions of ccusage that are known to work. */
const KNOWN = { from: 15, to: 20 };
const DAY = 86_400_000;

/** Whether the programs that values come from are there, work, and are quick enough. */
export async function checkPrograms(ground: CheckContext): Promise<Check[]> {
  return (await Promise.all([checkGit(ground), checkCcusage(ground)])).flat();
}

async function checkGit({ world, settings }: CheckContext): Promise<Check[]> {
  const git = Bun.which("git", { PATH: world.childEnv().PATH ?? "" });
  if (git === null)
    return [warning("git", "git is not on PATH: branches are shown without counts", "Install git.")];
  const version = await versionOf(git, world);
  const place = findGit(world.cwd(), world);
  if (place === null) return [ok("git", `${git}, version ${version}; no repository here`)];
  const { timeout } = settingsOf(settings, "git");
  const start = performance.now();
  try {
    const args = await statusCommand(place, world, timeout);
    const { exitCode, stderr } = await world.exec([git, ...args], {
      cwd: place.root,
      env: GIT_VARIABLES,
      timeout,
    });
    if (exitCode !== 0) return [refused(exitCode, /dubious ownership/.test(stderr), place.root)];
  } catch (error) {
    const hint =
      "`statusline config set modules.git.timeout` gives it more time; `git gc` may make it faster.";
    return [problem("git", `git status in ${place.root}: ${messageOf(error)}`, hint)];
  }
  const ms = Math.round(performance.now() - start);
  return [ok("git", `${git}, version ${version}; git status takes ${ms} ms here`)];
}

function refused(exitCode: number, isForeign: boolean, root: string): Check {
  return isForeign
    ? problem("git", `${root} belongs to another user`, `git config --global --add safe.directory ${root}`)
    : problem("git", `git status in ${root} exited with ${exitCode}`, "Run `git status` there.");
}

async function checkCcusage({ world, settings }: CheckContext): Promise<Check[]> {
  const program = await findCcusage(world).catch(() => null);
  if (program === null) {
    const message = "ccusage is not on PATH: only a session's own cost is shown";
    return [warning("ccusage", message, "`npm install -g ccusage` installs it.")];
  }
  const timeout = Math.min(settingsOf(settings, "cost").timeout, CCUSAGE_TIMEOUT);
  const version = await versionOf(program, world);
  const yesterday = new Date(world.now() - DAY).toISOString().slice(0, 10).replaceAll("-", "");
  const start = performance.now();
  try {
    await blocks(
      { since: yesterday, zone: "UTC" },
      { program, world, timeout, signal: new AbortController().signal },
    );
  } catch (error) {
    const hint =
      "`npm install -g ccusage@latest` installs a newer one; `statusline config set modules.cost.timeout` gives it more time";
    return [problem("ccusage", `${program}, version ${version}: ${messageOf(error)}`, hint)];
  }
  const text = `${program}, version ${version}; ccusage blocks takes ${Math.round(performance.now() - start)} ms`;
  const major = Number.parseInt(version, 10);
  if (major >= KNOWN.from && major <= KNOWN.to) return [ok("ccusage", text)];
  return [warning("ccusage", text, `versions ${KNOWN.from} to ${KNOWN.to} are known to work`)];
}

/** What a program says of its version: its numbers, else "unknown". */
export async function versionOf(program: string, world: World): Promise<string> {
  try {
    const { stdout } = await world.exec([program, "--version"], { timeout: VERSION_TIMEOUT });
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? "unknown";
  } catch {
    return "unknown";
  }
}
