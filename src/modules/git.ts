import { defineFetched } from "../define-module.ts";
import { truncate, width } from "../lib/text.ts";
import { type Fetched, PROJECT_MAY_SET, type Span, type TypeBuilder } from "../module.ts";
import type { Session } from "../session.ts";
import { branchUrl } from "../sources/forge.ts";
import { findGit, type GitPlace, gitChangedAt, type Head, readHead } from "../sources/git-place.ts";
import type { GitStatus } from "../sources/git-status.ts";
import type { World } from "../world.ts";

export interface Git {
  readonly head: Head;
  readonly kind: GitPlace["kind"];
  readonly status: Fetched<GitStatus>;
  /** The branch's page. */
  readonly link: () => string | null;
}

const options = (t: TypeBuilder) => ({
  maxLength: t.Integer({
    default: 40,
    minimum: 8,
    maximum: 200,
    description: "columns of a branch's name",
    ...PROJECT_MAY_SET,
  }),
});

/** Branch and work tree: the branch is read from `.git/HEAD` in each render, the counts come from the cache. */
export const git = defineFetched({
  moduleId: "git",
  description: "branch, ahead and behind, changed files, stash, operation in progress",
  icons: ["🌿", "\ue0a0", "git:"],
  uses: ["cwd", "repo"],
  config: {
    refreshInterval: 10_000,
    cacheTTL: 30_000,
    stalenessThreshold: 120_000,
    timeout: 5000,
    maxRetries: 2,
    retryBackoff: 5000,
    maxConcurrent: 3,
  },
  options,
  schema: (t) =>
    t.Object({
      problem: t.Union([t.Literal("no git"), t.Literal("not trusted"), t.Literal("failed"), t.Null()]),
      branch: t.Union([t.String(), t.Null()]),
      unborn: t.Boolean(),
      upstream: t.Boolean(),
      gone: t.Boolean(),
      commit: t.Union([t.String(), t.Null()]),
      tag: t.Union([t.String(), t.Null()]),
      ahead: t.Integer({ minimum: 0 }),
      behind: t.Integer({ minimum: 0 }),
      staged: t.Integer({ minimum: 0 }),
      unstaged: t.Integer({ minimum: 0 }),
      untracked: t.Integer({ minimum: 0 }),
      conflicts: t.Integer({ minimum: 0 }),
      stash: t.Integer({ minimum: 0 }),
    }),
  key(session, world) {
    const place = placeOf(session, world);
    return place && `git:${place.root}`;
  },
  async fetch({ session, world, signal }) {
    const place = placeOf(session, world);
    if (place === null) throw new Error("no longer a repository");
    return (await import("../sources/git-status.ts")).gitStatus(place, world, signal);
  },
  validate(status) {
    const warnings = status.problem === null ? [] : [`git: ${status.problem}`];
    return { valid: true, errors: [], warnings, sanitized: status };
  },
  changedAt(session, world) {
    const place = placeOf(session, world);
    return place && gitChangedAt(place, world);
  },
  read(session, world, status) {
    const place = placeOf(session, world);
    if (place === null) return null;
    const head = readHead(place, world);
    return { head, kind: place.kind, status, link: () => branchUrl(session.repo, head.branch) };
  },
  format(data, { maxLength }) {
    const name = nameOf(data);
    const columns = width(name);
    const branch = (most: number): Span => {
      const text = columns <= most ? name : truncate(name, most);
      return { text, tone: "branch", link: data.link };
    };
    const notes = notesOf(data);
    const counts = countsOf(data);
    return [
      [branch(maxLength), ...notes, ...counts],
      [branch(Math.min(24, maxLength)), ...notes, ...counts],
      [branch(Math.min(24, maxLength)), ...counts],
      [branch(Math.min(16, maxLength)), ...counts],
      [branch(8), ...counts],
      [branch(8), ...counts.slice(0, 3)],
      [branch(8), ...counts.slice(0, 1)],
      [branch(8)],
    ];
  },
});

function placeOf({ cwd }: Pick<Session, "cwd">, world: World): GitPlace | null {
  return cwd === null ? null : findGit(cwd, world);
}

const counted = (status: Git["status"]) => (status === "pending" ? null : status);

/** The branch; where none is checked out the commit's tag, or the commit. */
function nameOf({ head, status }: Git): string {
  if (head.branch !== null) return head.branch;
  const known = counted(status);
  if (head.commit === null) return known?.branch ?? "?";
  const isSame = known?.commit?.slice(0, head.commit.length) === head.commit;
  return `@${(isSame && known?.tag) || head.commit}`;
}

function notesOf({ head, kind, ...data }: Git): Span[] {
  const status = counted(data.status);
  const notes: Span[] = [];
  if (head.operation !== null) notes.push({ text: ` ${head.operation}`, tone: "warn" });
  if (kind !== "main") notes.push({ text: ` ${kind === "linked" ? "worktree" : kind}`, tone: "muted" });
  if (status?.gone) notes.push({ text: " upstream gone", tone: "warn" });
  if (status?.unborn) notes.push({ text: " no commits", tone: "muted" });
  if (status?.problem) notes.push({ text: ` ${status.problem}`, tone: "warn" });
  return notes;
}

function countsOf({ status, kind }: Git): Span[] {
  if (status === "pending") return kind === "bare" ? [] : [{ text: " …", tone: "muted" }];
  if (status === null) return [];
  const marks: [number, string, Span["tone"]][] = [
    [status.conflicts, "✖", "bad"],
    [status.ahead, "↑", "good"],
    [status.behind, "↓", "warn"],
    [status.staged, "+", "good"],
    [status.unstaged, "~", "warn"],
    [status.untracked, "?", "muted"],
    [status.stash, "≡", "muted"],
  ];
  const counts: Span[] = [];
  for (const [n, sign, tone] of marks) if (n > 0) counts.push({ text: ` ${sign}${n}`, tone });
  return counts;
}
