import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { binary, ccusageFolder, inSandbox, Sandbox, sessionIn, writeHistory } from "../harness.ts";

const ID = "15151515-1b42-4793-a1b8-0a533aba93f8";
const TOKEN = "sk-ant-oat01-planted-planted-planted";

/** The text of all files below a folder. */
function everything(folder: string): string {
  const files = [...new Bun.Glob("**").scanSync({ cwd: folder, dot: true })];
  return files.map((file) => readFileSync(`${folder}/${file}`, "utf8")).join("\n");
}

/** A refresh as a session in `cwd` starts it: its own working directory is the session's. */
async function refreshIn(sandbox: Sandbox, cwd: string): Promise<void> {
  const child = Bun.spawn([binary, "refresh"], {
    cwd,
    env: sandbox.env,
    stdio: ["ignore", "ignore", "ignore"],
  });
  await child.exited;
}

describe("ccusage in a project with a configuration for it", () => {
  const search = { search: "~/.claude" };
  test.each([
    [
      "another cost",
      { commands: { weekly: { jq: "{weekly:[.weekly[]|.totalCost=9999]}" } }, defaults: { jq: "[]" } },
    ],
    ["the login", { defaults: { jq: `import ".credentials" as $c {search:"${search.search}"}; $c[], 1` } }],
  ])("%s: has no effect, and nothing of it is kept", (_, config) =>
    inSandbox(async (sandbox) => {
      sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
      sandbox.env.COLUMNS = "204";
      writeHistory(`${sandbox.home}/.claude`, [Date.now() - 1000]);
      writeFileSync(`${sandbox.home}/.claude/.credentials.json`, JSON.stringify({ accessToken: TOKEN }));
      const project = sandbox.repository("project");
      mkdirSync(`${project}/.ccusage`);
      writeFileSync(`${project}/.ccusage/ccusage.json`, JSON.stringify(config));
      const document = JSON.stringify(sessionIn(project, ID));
      const row = () =>
        Bun.spawnSync([binary], {
          cwd: project,
          env: sandbox.env,
          stdin: new TextEncoder().encode(document),
        });
      row();
      await refreshIn(sandbox, project);
      await sandbox.settle();
      const text = row().stdout.toString();
      expect(text).toContain("$2.50 today");
      expect(text).toContain("$2.50 week");
      const doctor = Bun.spawnSync([binary, "doctor"], { cwd: project, env: sandbox.env });
      const said = [
        everything(sandbox.health),
        text,
        doctor.stdout.toString(),
        doctor.stderr.toString(),
      ].join();
      expect(said.includes("planted")).toBe(false);
      expect(/\b9999\b/.test(said)).toBe(false);
    }));
});

test("what a child prints is in no file and in no message", () =>
  inSandbox(async (sandbox) => {
    for (const name of ["ccusage", "tmux"])
      sandbox.program(name, `echo 'out ${TOKEN}'; echo 'err ${TOKEN}' >&2; exit 3`);
    sandbox.program("own-command", `echo 'out ${TOKEN}'; echo 'err ${TOKEN}' >&2; exit 4`);
    sandbox.env.TMUX = "/tmp/tmux,1,0";
    sandbox.env.TMUX_PANE = "%1";
    mkdirSync(`${sandbox.home}/.claude`);
    const config = { modules: { command: { run: "own-command" } } };
    writeFileSync(`${sandbox.home}/.claude/statusline.user.json`, JSON.stringify(config));
    const document = JSON.stringify(sessionIn("/x/y", ID));
    await sandbox.run(document);
    await sandbox.settle();
    expect(sandbox.log()).toMatch(/ccusage [\w-]+ exited with 3 \(\d+ characters on stdout, \d+ on stderr\)/);
    expect(sandbox.log()).toMatch(/your command exited with 4/);
    const doctor = await sandbox.run("", {}, ["doctor"]);
    const kept = everything(sandbox.health) + doctor.stdout + doctor.stderr;
    expect(kept.includes("planted")).toBe(false);
  }));

test("entries of PATH that are not absolute are not searched", () =>
  inSandbox(async (sandbox) => {
    const project = sandbox.repository("project");
    for (const name of ["ccusage", "git", "tmux"])
      writeFileSync(`${project}/${name}`, `#!/bin/sh\necho ${name} >>"${sandbox.path}/ran"\n`, {
        mode: 0o755,
      });
    const env = { ...sandbox.env, PATH: `.::./bin:${sandbox.env.PATH}` };
    const document = new TextEncoder().encode(JSON.stringify(sessionIn(project, ID)));
    Bun.spawnSync([binary], { cwd: project, env, stdin: document });
    for (const command of ["refresh", "doctor"]) Bun.spawnSync([binary, command], { cwd: project, env });
    expect(existsSync(`${sandbox.path}/ran`)).toBe(false);
  }));

describe.skipIf(Bun.which("strace") === null)("git in a checkout that names programs", () => {
  const sandbox = new Sandbox();
  const [repo, evil, ran] = [`${sandbox.path}/repo`, `${sandbox.path}/evil`, `${sandbox.path}/ran`];
  afterAll(() => sandbox.remove());
  beforeAll(() => {
    writeFileSync(evil, `#!/bin/sh\necho "$*" >>${ran}\ncat\n`, { mode: 0o755 });
    sandbox.repository("repo");
    writeFileSync(`${repo}/a.txt`, "1\n");
    writeFileSync(`${repo}/.gitattributes`, "*.txt filter=e.v/il diff=evil\n");
    sandbox.git(repo, "add", ".");
    sandbox.git(repo, "commit", "-qm", "files");
    addSubmodule();
    const config = {
      "filter.e.v/il.clean": `${evil} clean`,
      "filter.e.v/il.process": `${evil} process`,
      "filter.e.v/il.required": "true",
      "core.fsmonitor": `${evil} fsmonitor`,
      "core.sshCommand": `${evil} ssh`,
      "core.pager": `${evil} pager`,
      "core.hooksPath": sandbox.path,
      "diff.external": `${evil} diff`,
      "diff.evil.textconv": `${evil} textconv`,
      "gpg.program": `${evil} gpg`,
      "credential.helper": `!${evil} credential`,
      "remote.origin.url": "ssh://127.0.0.1:1/x",
      "remote.origin.uploadpack": `${evil} uploadpack`,
      "remote.origin.promisor": "true",
      "remote.origin.partialclonefilter": "blob:none",
      "extensions.partialClone": "origin",
      "core.repositoryFormatVersion": "1",
    };
    for (const [name, value] of Object.entries(config)) sandbox.git(repo, "config", name, value);
    // Its blob is missing, and its time is another: git would fetch it to compare.
    const blob = sandbox.git(repo, "rev-parse", "HEAD:a.txt");
    Bun.spawnSync(["rm", "-f", `${repo}/.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`]);
    writeFileSync(`${repo}/a.txt`, "2\n");
  });

  function addSubmodule() {
    const other = sandbox.repository("other");
    writeFileSync(`${other}/b.txt`, "1\n");
    writeFileSync(`${other}/.gitattributes`, "*.txt filter=inner\n");
    sandbox.git(other, "add", ".");
    sandbox.git(other, "commit", "-qm", "b");
    sandbox.git(repo, "-c", "protocol.file.allow=always", "submodule", "add", "-q", other, "sub");
    sandbox.git(repo, "commit", "-qm", "sub");
    sandbox.git(`${repo}/sub`, "config", "filter.inner.clean", `${evil} inner`);
    sandbox.git(`${repo}/sub`, "config", "core.fsmonitor", `${evil} inner`);
    writeFileSync(`${repo}/sub/b.txt`, "2\n");
  }

  test("runs nothing but git, and opens no connection", async () => {
    const document = sessionIn(repo, ID);
    await sandbox.run(JSON.stringify(document));
    await sandbox.settle();
    Bun.spawnSync(["rm", "-rf", `${sandbox.health}/cache`]);
    await sandbox.run(JSON.stringify(document));
    const trace = `${sandbox.path}/trace`;
    const calls = "trace=execve,connect,socket";
    const refresh = ["strace", "-f", "-e", calls, "-o", trace, binary, "refresh"];
    for (let n = 0; n < 50 && !existsSync(`${sandbox.health}/cache`); n++) await Bun.sleep(20);
    await sandbox.settle();
    Bun.spawnSync(["sh", "-c", `rm -f ${sandbox.health}/cache/git-*`]);
    expect(Bun.spawnSync(refresh, { env: sandbox.env }).exitCode).toBe(0);
    const lines = readFileSync(trace, "utf8").split("\n");
    const started = lines.flatMap((line) => /execve\("([^"]+)".* = 0$/.exec(line)?.[1] ?? []);
    const git = Bun.which("git") ?? "";
    expect(started.filter((path) => path !== binary && path !== git && !path.endsWith("/git"))).toEqual([]);
    expect(started.filter((path) => path.endsWith("git")).length).toBeGreaterThan(0);
    expect(lines.filter((line) => /connect\(.*AF_INET|socket\(AF_INET/.test(line))).toEqual([]);
    expect(existsSync(ran)).toBe(false);
  });

  test("doctor runs nothing of it either", () => {
    Bun.spawnSync([binary, "doctor"], { cwd: repo, env: sandbox.env });
    expect(existsSync(ran)).toBe(false);
  });
});
