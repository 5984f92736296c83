import { parentOf } from "../lib/paths.ts";
import type { World } from "../world.ts";

/** Where the repository of a folder lies, found from files alone. */
export interface GitPlace {
  /** The work tree's top folder; for a bare repository the repository itself. */
  readonly root: string;
  /** This work tree's own git folder: `.git`, or `.git/worktrees/<name>` for a linked one. */
  readonly gitDir: string;
  readonly kind: "main" | "linked" | "submodule" | "bare";
}

/** What HEAD says. `branch` is null when detached, and in a reftable repository, whose HEAD file is a dummy. */
export interface Head {
  readonly branch: string | null;
  /** Short commit id when detached. */
  readonly commit: string | null;
  /** What is under way (`rebase 2/5`, `merge` …), or null. */
  readonly operation: string | null;
}

/** Bytes of the files that are read here: each holds a line or two. A longer one is not git's. */
const MAX_BYTES = 4096;

/** Characters of a branch's name that are kept. */
const LONGEST_NAME = 300;
/** A sequence has a line for each commit. */
const MAX_TODO = 256 * 1024;

/** Finds the repository that holds `folder`, as git does: the nearest folder upwards with a `.git`. */
export function findGit(folder: string, world: World): GitPlace | null {
  for (let dir: string | null = folder; dir !== null; dir = parentOf(dir)) {
    const base = dir === "/" ? "" : dir;
    const dotGit = `${base}/.git`;
    if (world.mtime(dotGit) !== null) {
      if (world.mtime(`${dotGit}/HEAD`) !== null) return { root: dir, gitDir: dotGit, kind: "main" };
      const target = linkTarget(dotGit, base, world);
      if (target !== null) return target;
    }
    if (isBare(base, world)) return { root: dir, gitDir: dir, kind: "bare" };
  }
  return null;
}

function isBare(folder: string, world: World): boolean {
  for (const name of ["HEAD", "objects", "refs"]) if (world.mtime(`${folder}/${name}`) === null) return false;
  return true;
}

/**
 * `.git` may be a file with one line `gitdir: PATH` (gitrepository-layout(5)). Git writes it when a work tree is made,
 * moved or repaired.
 */
function linkTarget(dotGit: string, base: string, world: World): GitPlace | null {
  const line = /^gitdir: (.+?)\s*$/m.exec(world.readReplaced(dotGit, MAX_BYTES) ?? "")?.[1];
  if (line === undefined) return null;
  const gitDir = /^(\/|[A-Za-z]:)/.test(line) ? line : `${base}/${line}`;
  if (world.mtime(`${gitDir}/HEAD`) === null) return null;
  const linked = world.mtime(`${gitDir}/commondir`) !== null;
  return { root: base || "/", gitDir, kind: linked ? "linked" : isSubmodule(line) ? "submodule" : "main" };
}

/** A submodule's lies in its superproject's, `.git/modules/NAME`, and is named by a relative path; any other was put elsewhere. */
function isSubmodule(gitDir: string): boolean {
  return /(^\.\.|[/\\]\.git)[/\\](.*[/\\])?modules[/\\]/.test(gitDir);
}

/** Reads HEAD and the marks of an operation in progress. */
export function readHead(place: GitPlace, world: World): Head {
  const text = (world.readReplaced(`${place.gitDir}/HEAD`, MAX_BYTES) ?? "").trim();
  const ref = refIn(text);
  const { operation, branch } = operationIn(place.gitDir, world);
  return {
    // A reftable repository keeps "ref: refs/heads/.invalid" there for old readers.
    branch: ref === ".invalid" ? null : (ref ?? branch),
    commit: ref === null && /^[0-9a-f]{40,64}$/.test(text) ? text.slice(0, 7) : null,
    operation,
  };
}

/** `ref: refs/heads/main` names a branch. */
function refIn(head: string): string | null {
  if (!head.startsWith("ref: ")) return null;
  const ref = head.slice("ref: ".length);
  return (
    (ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : ref).slice(0, LONGEST_NAME) || null
  );
}

/** Latest change (epoch ms) of the files that a commit, checkout, add or fetch writes. */
export function gitChangedAt(place: GitPlace, world: World): number | null {
  let latest = 0;
  const time = (name: string) => world.mtime(`${place.gitDir}/${name}`) ?? 0;
  for (const name of ["HEAD", "index", "FETCH_HEAD"]) latest = Math.max(latest, time(name));
  if (time("reftable") > 0) latest = Math.max(latest, time("reftable/tables.list"));
  return latest || null;
}

const MARKS: Readonly<Record<string, string>> = {
  MERGE_HEAD: "merge",
  CHERRY_PICK_HEAD: "cherry-pick",
  REVERT_HEAD: "revert",
  BISECT_LOG: "bisect",
};

// The same marks, in the same order, as git's own prompt script (contrib/completion/git-prompt.sh).
function operationIn(gitDir: string, world: World) {
  const has = (name: string) => world.mtime(`${gitDir}/${name}`) !== null;
  const number = (name: string) => Number(world.readText(`${gitDir}/${name}`, MAX_BYTES) ?? Number.NaN);
  const rebase = (folder: string, step: string, of: string) => {
    const [done, all] = [number(`${folder}/${step}`), number(`${folder}/${of}`)];
    const head = (world.readText(`${gitDir}/${folder}/head-name`, MAX_BYTES) ?? "").trim();
    return {
      operation: done && all ? `rebase ${done}/${all}` : "rebase",
      branch: /^refs\/heads\/(.+)$/.exec(head)?.[1] ?? null,
    };
  };
  if (has("rebase-merge")) return rebase("rebase-merge", "msgnum", "end");
  if (has("rebase-apply")) {
    if (has("rebase-apply/applying")) return { operation: "am", branch: null };
    return rebase("rebase-apply", "next", "last");
  }
  for (const file in MARKS) if (has(file)) return { operation: MARKS[file] ?? null, branch: null };
  // The folder first: that it is not there is covered by the time of the one that it would be in.
  return { operation: has("sequencer") ? sequenced(gitDir, world) : null, branch: null };
}

/** Between two commits of a sequence only its todo list shows what is in progress. */
function sequenced(gitDir: string, world: World): string | null {
  const todo = world.readText(`${gitDir}/sequencer/todo`, MAX_TODO) ?? "";
  return /^\s*r(evert)?\s/.test(todo) ? "revert" : /^\s*p(ick)?\s/.test(todo) ? "cherry-pick" : null;
}
