import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { type GitStatus, gitStatus, parseStatus } from "../../src/sources/git-status.ts";
import { realWorld } from "../../src/world.ts";
import { inSandbox } from "../harness.ts";

const OID = "1f0d3b5c0f9d0a5c4b1e6a2e3f4d5c6b7a8f9e0d";
const MODES = `N... 100644 100644 100644 ${OID} ${OID}`;
const changed = (xy: string, path: string) => `1 ${xy} ${MODES} ${path}`;
const renamed = (xy: string, path: string, from: string) => `2 ${xy} ${MODES} R100 ${path}\0${from}`;
const z = (...fields: string[]) => fields.map((field) => `${field}\0`).join("");

describe("the text of git status", () => {
  test.each<[string, string[], Partial<GitStatus>]>([
    ["nothing", [], { branch: null, problem: null, staged: 0, unstaged: 0, untracked: 0, conflicts: 0 }],
    [
      "a branch",
      [`# branch.oid ${OID}`, "# branch.head main"],
      { branch: "main", unborn: false, upstream: false },
    ],
    ["no commit yet", ["# branch.oid (initial)", "# branch.head main"], { branch: "main", unborn: true }],
    ["a detached head", [`# branch.oid ${OID}`, "# branch.head (detached)"], { branch: null, unborn: false }],
    [
      "ahead and behind",
      ["# branch.upstream origin/main", "# branch.ab +3 -12"],
      { upstream: true, ahead: 3, behind: 12 },
    ],
    ["an upstream that is gone", ["# branch.upstream origin/main"], { upstream: true, ahead: 0, behind: 0 }],
    ["stashes", ["# stash 4"], { stash: 4 }],
    ["staged", [changed("M.", "a"), changed("A.", "b"), changed("D.", "c")], { staged: 3, unstaged: 0 }],
    ["unstaged", [changed(".M", "a"), changed(".D", "b")], { staged: 0, unstaged: 2 }],
    ["both in one file", [changed("MM", "a")], { staged: 1, unstaged: 1 }],
    ["untracked", ["? a", "? b"], { untracked: 2 }],
    ["ignored is not counted", ["! a"], { untracked: 0, staged: 0, unstaged: 0 }],
    [
      "conflicts",
      [`u UU N... 100644 100644 100644 100644 ${OID} ${OID} ${OID} a`],
      { conflicts: 1, staged: 0, unstaged: 0 },
    ],
    ["a rename", [renamed("R.", "new", "old"), "? a"], { staged: 1, unstaged: 0, untracked: 1 }],
    ["a rename with changes", [renamed("RM", "new", "old")], { staged: 1, unstaged: 1 }],
    [
      "a rename from a name like a record",
      [renamed("R.", "new", "? x"), renamed("R.", "n", "1 MM x"), "? a"],
      { staged: 2, unstaged: 0, untracked: 1 },
    ],
    [
      "a rename from a name like a header",
      [renamed("R.", "new", "# branch.head evil")],
      { branch: null, staged: 1 },
    ],
    [
      "names with spaces, newlines and quotes",
      ["? a b\n? c", changed(".M", 'x "y"\n1 MM z')],
      { untracked: 1, unstaged: 1, staged: 0 },
    ],
  ])("%s", (_, fields, expected) => {
    expect(parseStatus(z(...fields))).toMatchObject(expected);
  });
});

describe("a real repository", () => {
  const status = (root: string, env: Record<string, string>) =>
    gitStatus({ root, gitDir: `${root}/.git`, kind: "main" }, realWorld(env), new AbortController().signal);

  test("with odd names, a rename, changes and a stash is counted right", () =>
    inSandbox(async (sandbox) => {
      const root = sandbox.repository("r");
      for (const name of ["? x", "plain", "both"]) writeFileSync(`${root}/${name}`, "one\ntwo\nthree\n");
      sandbox.git(root, "add", "-A");
      sandbox.git(root, "commit", "-qm", "files");
      writeFileSync(`${root}/plain`, "stashed");
      sandbox.git(root, "stash", "-q");
      sandbox.git(root, "mv", "? x", "renamed");
      writeFileSync(`${root}/both`, "staged");
      sandbox.git(root, "add", "both");
      writeFileSync(`${root}/both`, "and changed");
      writeFileSync(`${root}/new\nline "ü"`, "");
      expect(await status(root, sandbox.env)).toMatchObject({
        problem: null,
        branch: "main",
        staged: 2,
        unstaged: 1,
        untracked: 1,
        conflicts: 0,
        stash: 1,
      });
    }));

  test("that is none is a problem, not a clean tree", () =>
    inSandbox(async (sandbox) => {
      expect(await status(sandbox.home, sandbox.env)).toMatchObject({ problem: "failed", branch: null });
    }));

  test("where git is missing is a problem that says so", () =>
    inSandbox(async (sandbox) => {
      const root = sandbox.repository("r");
      expect((await status(root, { ...sandbox.env, PATH: sandbox.home })).problem).toBe("no git");
    }));
});
