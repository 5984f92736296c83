import { describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const ID = "55555555-5555-4555-8555-555555555555";

/** What stands between project and model, once all is counted. */
async function shown(sandbox: Sandbox, folder: string): Promise<string> {
  await sandbox.lines(sessionIn(folder, ID));
  await sandbox.settle();
  const [line = ""] = await sandbox.lines(sessionIn(folder, ID), { COLUMNS: "204" });
  return line.split("  │  ").slice(1, -2).join();
}

describe("git", () => {
  test("counts: conflicts, ahead, behind, staged, unstaged, untracked, stash", () =>
    inSandbox(async (sandbox) => {
      const origin = sandbox.repository("origin", "main");
      writeFileSync(`${origin}/a`, "1\n");
      sandbox.git(origin, "add", ".");
      sandbox.git(origin, "commit", "-qm", "a");
      const repo = `${sandbox.path}/repo`;
      sandbox.git(sandbox.path, "clone", "-q", origin, repo);
      expect(await shown(sandbox, repo)).toBe("main");
      sandbox.git(origin, "commit", "-q", "--allow-empty", "-m", "theirs");
      sandbox.git(repo, "fetch", "-q");
      sandbox.git(repo, "commit", "-q", "--allow-empty", "-m", "ours");
      writeFileSync(`${repo}/a`, "2\n");
      sandbox.git(repo, "stash", "-q");
      writeFileSync(`${repo}/a`, "3\n");
      writeFileSync(`${repo}/b`, "new\n");
      sandbox.git(repo, "add", "b");
      writeFileSync(`${repo}/c d\n"e`, "untracked\n");
      expect(await shown(sandbox, repo)).toBe("main ↑1 ↓1 +1 ~1 ?1 ≡1");
    }));

  test("the branch is never old", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      expect(await shown(sandbox, repo)).toBe("main");
      for (let n = 0; n < 120; n++) {
        sandbox.git(repo, "checkout", "-qb", `next/${n}`);
        const [line] = await sandbox.lines(sessionIn(repo, ID));
        expect(line).toContain(`next/${n}`);
      }
    }));

  test("a merge with conflicts", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      for (const branch of ["one", "two"]) {
        sandbox.git(repo, "checkout", "-q", "-b", branch, "main");
        writeFileSync(`${repo}/f`, branch);
        sandbox.git(repo, "add", ".");
        sandbox.git(repo, "commit", "-qm", branch);
      }
      expect(() => sandbox.git(repo, "merge", "one")).toThrow();
      expect(await shown(sandbox, repo)).toBe("two merge ✖1");
      sandbox.git(repo, "merge", "--abort");
      expect(() => sandbox.git(repo, "rebase", "one")).toThrow();
      expect(await shown(sandbox, repo)).toBe("two rebase 1/1 ✖1");
    }));

  test("detached, unborn, bare, linked worktree, submodule", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      const commit = sandbox.git(repo, "rev-parse", "HEAD").slice(0, 7);
      sandbox.git(repo, "worktree", "add", "-q", "-b", "side", `${sandbox.path}/side`);
      expect(await shown(sandbox, `${sandbox.path}/side`)).toBe("side worktree");
      sandbox.git(sandbox.path, "clone", "-q", "--bare", repo, "bare.git");
      expect(await shown(sandbox, `${sandbox.path}/bare.git`)).toBe("main bare");
      sandbox.git(
        repo,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "-q",
        `${sandbox.path}/bare.git`,
        "sub",
      );
      expect(await shown(sandbox, `${repo}/sub`)).toBe("main submodule");
      sandbox.git(repo, "checkout", "-q", "--detach");
      expect(await shown(sandbox, repo)).toBe(`@${commit} +2`);
      mkdirSync(`${sandbox.path}/unborn`);
      sandbox.git(`${sandbox.path}/unborn`, "init", "-q", "-b", "first");
      expect(await shown(sandbox, `${sandbox.path}/unborn`)).toBe("first no commits");
      expect(await shown(sandbox, `${sandbox.path}/nowhere`)).toBe("");
    }));

  test("no git on PATH: the branch alone, and that it is not counted", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      sandbox.env.PATH = "/nonexistent";
      expect(await shown(sandbox, repo)).toBe("main no git");
    }));

  test("a reftable repository that this git cannot read gives no false branch", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      sandbox.git(repo, "config", "core.repositoryformatversion", "1");
      sandbox.git(repo, "config", "extensions.futurestorage", "reftable");
      writeFileSync(`${repo}/.git/HEAD`, "ref: refs/heads/.invalid\n");
      expect(await shown(sandbox, repo)).toBe("? failed");
    }));

  test.if(process.getuid?.() === 0)("a repository of somebody else is said to be not trusted", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      Bun.spawnSync(["chown", "-R", "65534:65534", repo]);
      expect(await shown(sandbox, repo)).toBe("main not trusted");
    }),
  );

  test("the user's git is never in our way: optional locks are off, and no program of the repository runs", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      sandbox.git(repo, "config", "core.fsmonitor", `touch ${sandbox.path}/owned; false`);
      const real = Bun.which("git");
      sandbox.program("git", `echo "$GIT_OPTIONAL_LOCKS" >>${sandbox.path}/locks-seen\nexec ${real} "$@"`);
      const before = readFileSync(`${repo}/.git/HEAD`, "utf8");
      utimesSync(repo, 1, 1);
      expect(await shown(sandbox, repo)).toBe("main");
      expect([...new Set(sandbox.read(`${sandbox.path}/locks-seen`).trim().split("\n"))]).toEqual(["0"]);
      expect(await Bun.file(`${sandbox.path}/owned`).exists()).toBe(false);
      expect(readFileSync(`${repo}/.git/HEAD`, "utf8")).toBe(before);
    }));

  test("a branch name cannot write to the terminal", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      writeFileSync(`${repo}/.git/HEAD`, "ref: refs/heads/a\u001b]0;owned\u0007\u001b[31mb\u202ec\n");
      const { stdout } = await sandbox.run(JSON.stringify(sessionIn(repo, ID)));
      expect(stdout).toContain("abc");
      expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
    }));
});

describe("where a repository lies and what is under way", () => {
  test("a git folder that was put elsewhere is no submodule", () =>
    inSandbox(async (sandbox) => {
      const repo = `${sandbox.path}/repo`;
      sandbox.git(
        sandbox.path,
        "init",
        "-q",
        "-b",
        "main",
        "--separate-git-dir",
        `${sandbox.path}/git`,
        repo,
      );
      sandbox.git(repo, "commit", "-q", "--allow-empty", "-m", "first");
      expect(await shown(sandbox, repo)).toBe("main");
    }));

  test("a submodule says so", () =>
    inSandbox(async (sandbox) => {
      const [outer, inner] = [sandbox.repository("outer"), sandbox.repository("inner")];
      sandbox.git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", inner, "sub");
      expect(await shown(sandbox, `${outer}/sub`)).toBe("main submodule");
    }));

  test("between two picks of a sequence it is still under way", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      for (const name of ["a", "b", "c"]) {
        sandbox.git(repo, "checkout", "-q", "-B", "other");
        writeFileSync(`${repo}/f`, name);
        sandbox.git(repo, "add", ".");
        sandbox.git(repo, "commit", "-qm", name);
      }
      sandbox.git(repo, "checkout", "-q", "main");
      expect(() => sandbox.git(repo, "cherry-pick", "other~1", "other")).toThrow();
      writeFileSync(`${repo}/f`, "mine");
      sandbox.git(repo, "add", ".");
      sandbox.git(repo, "commit", "-qm", "mine");
      expect(await shown(sandbox, repo)).toBe("main cherry-pick");
    }));

  test("an upstream that is gone is reported", () =>
    inSandbox(async (sandbox) => {
      const origin = sandbox.repository("origin");
      sandbox.git(origin, "branch", "topic");
      const repo = `${sandbox.path}/repo`;
      sandbox.git(sandbox.path, "clone", "-q", origin, repo);
      sandbox.git(repo, "checkout", "-q", "topic");
      sandbox.git(origin, "branch", "-D", "topic");
      sandbox.git(repo, "fetch", "-qp");
      expect(await shown(sandbox, repo)).toBe("topic upstream gone");
    }));

  test("a tag that is checked out is shown by its name, until another commit is", () =>
    inSandbox(async (sandbox) => {
      const repo = sandbox.repository("repo");
      sandbox.git(repo, "tag", "v1.2.0");
      sandbox.git(repo, "commit", "-q", "--allow-empty", "-m", "second");
      const second = sandbox.git(repo, "rev-parse", "HEAD");
      sandbox.git(repo, "checkout", "-q", "v1.2.0");
      expect(await shown(sandbox, repo)).toBe("@v1.2.0");
      sandbox.git(repo, "checkout", "-q", second);
      const [line = ""] = await sandbox.lines(sessionIn(repo, ID), { COLUMNS: "204" });
      expect(line).toContain(`@${second.slice(0, 7)}`);
    }));
});
