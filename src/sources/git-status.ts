import { type SimpleGit, simpleGit } from "simple-git";
import { messageOf } from "../lib/errors.ts";
import type { ExecOptions } from "../lib/exec.ts";
import type { World } from "../world.ts";
import type { GitPlace } from "./git-place.ts";

/** Counts of `git status`, or why there are none. */
export interface GitStatus {
  /** Why git gave no counts: it is missing, it does not trust the folder's owner, or it failed. */
  readonly problem: "no git" | "not trusted" | "failed" | null;
  readonly branch: string | null;
  /** No commit yet. */
  readonly unborn: boolean;
  readonly upstream: boolean;
  /** There is an upstream, and its branch does not exist any more. */
  readonly gone: boolean;
  /** Full id of the commit; null where there is none yet. */
  readonly commit: string | null;
  /** A tag of that commit, where no branch is checked out. */
  readonly tag: string | null;
  readonly ahead: number;
  readonly behind: number;
  readonly staged: number;
  readonly unstaged: number;
  readonly untracked: number;
  readonly conflicts: number;
  readonly stash: number;
}

const NOTHING: GitStatus = {
  problem: null,
  branch: null,
  unborn: false,
  upstream: false,
  gone: false,
  commit: null,
  tag: null,
  ahead: 0,
  behind: 0,
  staged: 0,
  unstaged: 0,
  untracked: 0,
  conflicts: 0,
  stash: 0,
};

const STATUS = ["status", "--porcelain=v2", "--branch", "--show-stash", "-z"];
/** The newest tag of the commit that is checked out. */
const TAG = [
  "for-each-ref",
  "--points-at=HEAD",
  "--sort=-creatordate",
  "--count=1",
  "--format=%(refname:short)",
  "refs/tags",
];
/** The work tree of a submodule has a configuration of its own: only its commit is compared. */
const SUBMODULES = "--ignore-submodules=dirty";

/**
 * Asks git for the state of a work tree. What git refuses is an answer too, and comes back as `problem`.
 * @throws Error when `signal` aborts.
 */
export async function gitStatus(place: GitPlace, world: World, signal: AbortSignal): Promise<GitStatus> {
  try {
    const git = client(
      place,
      await harmlessConfig(place, world, { timeout: CONFIG_TIMEOUT, signal }),
      world,
      signal,
    );
    if (place.kind === "bare") {
      const branch = await git.raw(["symbolic-ref", "--short", "-q", "HEAD"]);
      return { ...NOTHING, branch: branch.trim() || null };
    }
    const status = parseStatus(await git.raw([...STATUS, SUBMODULES]));
    const isDetached = status.branch === null && status.commit !== null;
    return isDetached ? { ...status, tag: (await git.raw(TAG)).trim() || null } : status;
  } catch (error) {
    if (signal.aborted) throw error;
    return { ...NOTHING, problem: problemOf(messageOf(error)) };
  }
}

/** The same question as a command line and its environment, for running it by hand. @throws Error, see `harmlessConfig` */
export async function statusCommand(place: GitPlace, world: World, timeout: number): Promise<string[]> {
  const config = await harmlessConfig(place, world, { timeout });
  return [...config.flatMap((each) => ["-c", each]), ...STATUS, SUBMODULES];
}

/**
 * What keeps git from running anything that a repository's own configuration names: its file system monitor, and its
 * filters, which `git status` runs on files whose time has changed. Filters have no switch of their own, so each that is
 * configured is set to nothing; 2 ms.
 * @throws Error when git fails, and for a filter whose name cannot be written on a command line
 */
async function harmlessConfig(place: GitPlace, world: World, limits: Limits): Promise<string[]> {
  const list = ["git", "config", "--null", "--name-only", "--get-regexp", "^filter\\."];
  const result = await world.exec(list, { cwd: place.root, env: GIT_VARIABLES, ...limits });
  // 1: there is none.
  if (result.exitCode > 1) throw new Error(result.stderr);
  const names = result.stdout.split("\0").flatMap((key) => /^filter\.(.*)\.[^.]*$/s.exec(key)?.[1] ?? []);
  const filters = [...new Set(names)].flatMap((name) => {
    if (/[=\n]/.test(name)) throw new Error("a filter that cannot be disabled");
    return [`filter.${name}.clean=`, `filter.${name}.process=`, `filter.${name}.required=false`];
  });
  return ["core.fsmonitor=false", ...filters];
}

/** Milliseconds for git to list its configuration. */
const CONFIG_TIMEOUT = 5000;
type Limits = Pick<ExecOptions, "timeout" | "signal">;

/**
 * Variables that git gets besides those of every child. No lock is taken, so that a status cannot fail a `git add`; nothing
 * is fetched: a partial clone would do so when it is asked for its state (GIT_NO_LAZY_FETCH since git 2.45), and no protocol is
 * allowed (git(1)).
 */
export const GIT_VARIABLES = {
  LC_ALL: "C",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  GIT_TERMINAL_PROMPT: "0",
};

function client(place: GitPlace, config: string[], world: World, signal: AbortSignal): SimpleGit {
  return simpleGit({
    baseDir: place.root,
    abort: signal,
    maxConcurrentProcesses: 1,
    config,
    allowEnvironment: Object.keys(GIT_VARIABLES),
    // These are set to nothing, or to none, here.
    unsafe: { allowUnsafeFsMonitor: true, allowUnsafeFilter: true, allowUnsafeProtocolOverride: true },
  }).env({ ...world.childEnv(), ...GIT_VARIABLES });
}

function problemOf(message: string): GitStatus["problem"] {
  if (/ENOENT|not found/i.test(message)) return "no git";
  return /dubious ownership/i.test(message) ? "not trusted" : "failed";
}

/** Reads the output of `git status --porcelain=v2 --branch --show-stash -z` (git-status(1)). */
export function parseStatus(output: string): GitStatus {
  const status = { ...NOTHING };
  const fields = output.split("\0");
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] ?? "";
    const [kind, xy = ".."] = field.split(" ", 2);
    if (kind === "#") readHeader(field, status);
    else if (kind === "?") status.untracked++;
    else if (kind === "u") status.conflicts++;
    else if (kind === "1" || kind === "2") {
      if (xy[0] !== ".") status.staged++;
      if (xy[1] !== ".") status.unstaged++;
      // A rename's old path follows as a field of its own.
      if (kind === "2") i++;
    }
  }
  return status;
}

function readHeader(field: string, status: { -readonly [Name in keyof GitStatus]: GitStatus[Name] }): void {
  const [, name, ...rest] = field.split(" ");
  const value = rest.join(" ");
  if (name === "branch.oid") {
    status.unborn = value === "(initial)";
    status.commit = status.unborn ? null : value;
  }
  if (name === "branch.head") status.branch = value === "(detached)" ? null : value;
  // The counts follow, unless the upstream's branch is gone (git-status(1)); before the first commit there are none either.
  else if (name === "branch.upstream") {
    status.upstream = true;
    status.gone = !status.unborn;
  } else if (name === "branch.ab") {
    status.gone = false;
    status.ahead = Math.abs(Number(rest[0])) || 0;
    status.behind = Math.abs(Number(rest[1])) || 0;
  } else if (name === "stash") status.stash = Number(value) || 0;
}
