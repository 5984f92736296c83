import { afterEach, beforeEach, expect, test } from "bun:test";
import { cpSync, readFileSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { systemPath } from "../harness.ts";
import { Machine, SHELLS } from "./machine.ts";
import { ReleaseServer } from "./release.ts";

const dash = SHELLS.dash ?? ["sh"];
let server: ReleaseServer;
let machine: Machine;
beforeEach(() => {
  server = new ReleaseServer();
  server.publish("1.2.3");
  machine = new Machine();
});
afterEach(() => {
  server.stop();
  machine.remove();
});
const at = () => ["--base-url", server.url];

test("without a terminal it only says how to set it up, by a name that works", async () => {
  const away = await machine.install(dash, at());
  expect(away.stdout).toContain(`${machine.home}/.local/bin is not on PATH`);
  expect(away.stdout).toContain(`\n  export PATH="${machine.home}/.local/bin:$PATH"\n`);
  expect(away.stdout).toContain(`run: ${machine.target} setup`);
  machine.env.PATH += `:${machine.home}/.local/bin`;
  const near = await machine.install(dash, at());
  expect(near.stdout).toContain("run: statusline setup");
  expect(near.stdout).not.toContain("PATH");
  expect(away.stdout + near.stdout).not.toContain("called");
});

test("--no-setup wins over --yes", async () => {
  const { stdout } = await machine.install(dash, [...at(), "--no-setup", "--yes"]);
  expect(stdout).not.toContain("called");
  expect((await machine.install(dash, [...at(), "--yes", "--no-setup"])).stdout).not.toContain("called");
});

const terminal = Bun.which("script");

/** `install.sh` from a pipe, on a terminal at which a person types `answer`. util-linux's `script` lends it. */
const typed = (answer: string) => {
  const command = `cat ${root}install.sh | ${dash[0]} -s -- --base-url ${server.url}`;
  return machine.run([terminal ?? "script", "-qec", command, "/dev/null"], new Blob([`${answer}\n`]));
};

test.skipIf(terminal === null || process.platform !== "linux")(
  "a person is asked on the terminal",
  async () => {
    const yes = await typed("y");
    expect(yes.stdout).toMatch(/Show it in Claude Code now.*\[y\/N\]/);
    expect(yes.stdout).toMatch(/called: setup\r?\n/);
    const no = await typed("");
    expect(no.stdout).not.toContain("called");
    expect(no.stdout).toContain("run: ");
  },
);

test("--from-source builds a checkout, and the built program stands in place", async () => {
  const checkout = `${machine.path}/checkout`;
  const listed = Bun.spawnSync(["git", "ls-files", "-z", "-co", "--exclude-standard"], { cwd: root });
  for (const file of listed.stdout.toString().split("\0").filter(Boolean)) {
    cpSync(`${root}${file}`, `${checkout}/${file}`);
  }
  Bun.spawnSync(["cp", "-al", `${root}node_modules`, checkout]);
  machine.env.PATH = systemPath;
  machine.env.npm_config_cache = `${machine.path}/npm`;
  const outcome = await machine.run([...dash, `${checkout}/install.sh`, "--from-source"]);
  expect(outcome).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Installed statusline") });
  // With no folder to write to, the program leaves no refresher behind that would outlive the test's folder.
  machine.env.CLAUDE_CONFIG_DIR = "/dev/null";
  const session = new Blob([JSON.stringify({ model: { display_name: "built" } })]);
  const shown = await machine.run([machine.target], session);
  expect(shown).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("built") });
});

test("--from-source outside a checkout says where it works", async () => {
  const { exitCode, stderr } = await machine.install(dash, ["--from-source"], true);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringContaining("in a checkout only"),
  });
});

test("the repository that install.sh names is package.json's", () => {
  const { repository } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const [, name] = /^REPOSITORY=(.*)$/m.exec(readFileSync(`${root}install.sh`, "utf8")) ?? [];
  expect(repository).toEqual({ type: "git", url: `git+https://github.com/${name}.git` });
});

const shellcheck = Bun.which("shellcheck");

test.skipIf(shellcheck === null)("shellcheck has nothing to say", () => {
  const { stdout } = Bun.spawnSync([shellcheck ?? "", "install.sh", ".ci/run"], { cwd: root });
  expect(stdout.toString()).toBe("");
});
