import { type SimpleGit, simpleGit } from "simple-git";
import { messageOf } from "../lib/errors.ts";
import type { World } from "../world.ts";
import type { GitPlace } from "./git-place.ts";

/** Counts of `git status`, or why there are none. */
export interface GitStatus {
  /** Why git gave no counts: it is missing, it does not trust the folder's owner, or it failed. */
  readonly problem: "no git" | "not trusted" | "failed" | null;
  readonly message: string | null;
  readonly branch: string | null;
  /** No commit yet. */
  readonly unborn: boolean;
  readonly upstream: boolean;
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
  message: null,
  branch: null,
  unborn: false,
  upstream: false,
  ahead: 0,
  behind: 0,
  staged: 0,
  unstaged: 0,
  untracked: 0,
  conflicts: 0,
  stash: 0,
};

/**
 * Asks git for the state of a work tree. What git refuses is an answer too, and comes back as `problem`.
 * @throws Error when `signal` aborts.
 */
export async function gitStatus(place: GitPlace, world: World, signal: AbortSignal): Promise<GitStatus> {
  try {
    const git = client(place, world, signal);
    if (place.kind === "bare") {
      const branch = await git.raw(["symbolic-ref", "--short", "-q", "HEAD"]);
      return { ...NOTHING, branch: branch.trim() || null };
    }
    return parseStatus(await git.raw(["status", "--porcelain=v2", "--branch", "--show-stash", "-z"]));
  } catch (error) {
    if (signal.aborted) throw error;
    const message = messageOf(error).slice(0, 300);
    return { ...NOTHING, problem: problemOf(message), message };
  }
}

function client(place: GitPlace, world: World, signal: AbortSignal): SimpleGit {
  return simpleGit({
    baseDir: place.root,
    abort: signal,
    maxConcurrentProcesses: 1,
    // A repository's own configuration may name a program here; its status must not run it.
    config: ["core.fsmonitor=false"],
    // Without optional locks git never takes index.lock, so that a status cannot fail the user's `git add`.
    allowEnvironment: ["GIT_OPTIONAL_LOCKS"],
    unsafe: { allowUnsafeFsMonitor: true },
  }).env({ ...world.childEnv(), LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" });
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
  if (name === "branch.oid") status.unborn = value === "(initial)";
  else if (name === "branch.head") status.branch = value === "(detached)" ? null : value;
  else if (name === "branch.upstream") status.upstream = true;
  else if (name === "branch.ab") {
    status.ahead = Math.abs(Number(rest[0])) || 0;
    status.behind = Math.abs(Number(rest[1])) || 0;
  } else if (name === "stash") status.stash = Number(value) || 0;
}
