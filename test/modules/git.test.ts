import { describe, expect, test } from "bun:test";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import type { Form } from "../../src/module.ts";
import { type Git, git } from "../../src/modules/git.ts";
import { parseSession } from "../../src/parse-session.ts";
import { draw } from "../../src/render/glyphs.ts";
import { plainText } from "../../src/render/style.ts";
import type { GitStatus } from "../../src/sources/git-status.ts";
import { realWorld, type World } from "../../src/world.ts";
import { inSandbox } from "../harness.ts";
import { formsOf, linkOf, settingsFor, shown, textOf } from "./shown.ts";

const clean: GitStatus = {
  problem: null,
  gone: false,
  commit: null,
  tag: null,
  branch: "main",
  unborn: false,
  upstream: true,
  ahead: 0,
  behind: 0,
  staged: 0,
  unstaged: 0,
  untracked: 0,
  conflicts: 0,
  stash: 0,
};
const changed = {
  ...clean,
  conflicts: 1,
  ahead: 2,
  behind: 3,
  staged: 4,
  unstaged: 5,
  untracked: 6,
  stash: 7,
};

/** All forms of a repository on `main`, with these changes to HEAD. */
function formsFor(
  status: Git["status"],
  head: Partial<Git["head"]> = {},
  kind: Git["kind"] = "main",
): Form[] {
  const data: Git = {
    head: { branch: "main", commit: null, operation: null, ...head },
    kind,
    status,
    link: () => null,
  };
  return [...git.format(data, settingsFor(git))];
}

function forms(...repository: Parameters<typeof formsFor>): string[] {
  return formsFor(...repository).map(textOf);
}

describe("the longest form", () => {
  const reftable = { branch: null, commit: null };
  test.each<[string, Git["status"], Partial<Git["head"]>, Git["kind"], string]>([
    ["clean is the branch alone", clean, {}, "main", "main"],
    ["has all counts, conflicts first", changed, {}, "main", "main ✖1 ↑2 ↓3 +4 ~5 ?6 ≡7"],
    ["has no count of 0", { ...clean, unstaged: 1 }, {}, "main", "main ~1"],
    ["says that counts are on their way", "pending", {}, "main", "main …"],
    ["has no counts where git failed, not clean ones that are wrong", null, {}, "main", "main"],
    ["names a problem", { ...clean, problem: "not trusted" }, {}, "main", "main not trusted"],
    ["detached is the commit", clean, { branch: null, commit: "1f0d3b5" }, "main", "@1f0d3b5"],
    ["unborn says so", { ...clean, unborn: true }, {}, "main", "main no commits"],
    ["tells what is under way", clean, { operation: "rebase 2/5" }, "main", "main rebase 2/5"],
    ["of a linked work tree", clean, {}, "linked", "main worktree"],
    ["of a submodule", clean, {}, "submodule", "main submodule"],
    ["of a bare repository waits for nothing", "pending", {}, "bare", "main bare"],
    ["takes a reftable's branch from git", { ...clean, branch: "topic" }, reftable, "main", "topic"],
    ["does not guess a branch before git has told it", "pending", reftable, "main", "? …"],
    ["does not guess a branch that git cannot tell", null, reftable, "main", "?"],
    ["goes by HEAD, not by an older answer", { ...clean, branch: "old" }, { branch: "new" }, "main", "new"],
  ])("%s", (_, status, head, kind, text) => {
    expect(forms(status, head, kind)[0]).toBe(text);
  });
});

test("in less room the notes leave first, then the branch shortens, and the counts outlive it", () => {
  const branch = "feature/a-very-long-name-for-one-small-change";
  expect(forms(changed, { branch, operation: "merge" }, "linked")).toEqual([
    "feature/a-very-long-name-for-one-small-… merge worktree ✖1 ↑2 ↓3 +4 ~5 ?6 ≡7",
    "feature/a-very-long-nam… merge worktree ✖1 ↑2 ↓3 +4 ~5 ?6 ≡7",
    "feature/a-very-long-nam… ✖1 ↑2 ↓3 +4 ~5 ?6 ≡7",
    "feature/a-very-… ✖1 ↑2 ↓3 +4 ~5 ?6 ≡7",
    "feature… ✖1 ↑2 ↓3 +4 ~5 ?6 ≡7",
    "feature… ✖1 ↑2 ↓3",
    "feature… ✖1",
    "feature…",
  ]);
});

test("in ASCII each count has a sign of its own", () => {
  const [longest = []] = formsFor(changed);
  expect(plainText(draw(longest, "ascii"))).toBe("main !1 ^2 v3 +4 ~5 ?6 *7");
});

test.each([
  [null, 0],
  ["failed", 1],
  ["no git", 1],
] as const)("the problem %p is %i warnings", (problem, count) => {
  expect(git.validate?.({ ...clean, problem }, parseSession("{}")).warnings).toHaveLength(count);
});

describe("a session's repository", () => {
  const session = (cwd: string) => parseSession(JSON.stringify({ cwd }));
  const keyOf = (cwd: string, world: World) => git.key?.(session(cwd), world, settingsFor(git));

  test("is none outside of one", async () => {
    expect(shown(git, { cwd: "/nonexistent/folder" }, "pending")).toEqual([]);
    expect(shown(git, {}, "pending")).toEqual([]);
    expect(await keyOf("/nonexistent/folder", realWorld({}))).toBeNull();
  });

  test("is its work tree's: shared by its folders, and by no other work tree", () =>
    inSandbox(async (sandbox) => {
      const world = realWorld(sandbox.env);
      const root = sandbox.repository("r");
      const side = `${sandbox.path}/side`;
      sandbox.git(root, "worktree", "add", "-q", "-b", "side", side);
      mkdirSync(`${root}/a/b`, { recursive: true });
      const key = (folder: string) => keyOf(folder, world);
      expect(await key(root)).toBe(`git:${root}`);
      expect(await key(`${root}/a/b`)).toBe(`git:${root}`);
      expect(await key(side)).toBe(`git:${side}`);
    }));

  test("has the branch that HEAD names now, whatever the cached counts say", () =>
    inSandbox(async (sandbox) => {
      const world = realWorld(sandbox.env);
      const root = sandbox.repository("r");
      const now = () => shown(git, { cwd: root }, clean, world)[0];
      expect(now()).toBe("main");
      sandbox.git(root, "checkout", "-q", "-b", "next");
      expect(now()).toBe("next");
      sandbox.git(root, "checkout", "-q", "--detach");
      expect(now()).toBe(`@${sandbox.git(root, "rev-parse", "HEAD").slice(0, 7)}`);
    }));

  test("has its branch linked to the branch's page, where it is on a server", () =>
    inSandbox(async (sandbox) => {
      const cwd = sandbox.repository("r", "feature/x");
      const link = (repo: object | null) => {
        const [form] = formsOf(git, { workspace: { current_dir: cwd, repo } }, clean);
        return linkOf(form?.[0]);
      };
      const repo = { host: "github.com", owner: "acme", name: "widgets" };
      expect(await link(repo)).toBe("https://github.com/acme/widgets/tree/feature/x");
      expect(await link(null)).toBeNull();
    }));

  test("has no more of its branch's name than is wished for", () =>
    inSandbox(async (sandbox) => {
      const cwd = sandbox.repository("r", "feature/one-small-change");
      const world = realWorld(sandbox.env);
      expect(shown(git, { cwd }, clean, world, { maxLength: 12 })).toEqual([
        ...Array(4).fill("feature/one…"),
        ...Array(4).fill("feature…"),
      ]);
    }));

  test("changed when the newest of HEAD and index did", () =>
    inSandbox(async (sandbox) => {
      const world = realWorld(sandbox.env);
      const root = sandbox.repository("r");
      writeFileSync(`${root}/.git/index`, "");
      for (const [name, seconds] of [
        ["HEAD", 1000],
        ["index", 2000],
      ] as const) {
        utimesSync(`${root}/.git/${name}`, seconds, seconds);
      }
      expect(git.changedAt?.(session(root), world)).toBe(2_000_000);
      utimesSync(`${root}/.git/HEAD`, 3000, 3000);
      expect(git.changedAt?.(session(root), world)).toBe(3_000_000);
      expect(git.changedAt?.(session("/nonexistent"), world)).toBeNull();
    }));
});
