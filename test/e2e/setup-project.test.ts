import { expect, test } from "bun:test";
import { chownSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { binary, inSandbox } from "../harness.ts";
import { bytesOf, entryIn, write } from "./setup-harness.ts";

test.each([
  "the file",
  "its folder",
  "a file that does not exist",
  "a folder above it",
])("setup --project refuses a link that leads out of the project: %s", (what) =>
  inSandbox(async (sandbox) => {
    const [project, outside] = [`${sandbox.path}/project`, `${sandbox.path}/outside`];
    const target = write(`${outside}/settings.json`, '{"model": "opus"}');
    mkdirSync(project, { recursive: true });
    if (what === "its folder" || what === "a folder above it") symlinkSync(outside, `${project}/.claude`);
    else {
      mkdirSync(`${project}/.claude`);
      const name = what === "the file" ? "settings.json" : "other.json";
      symlinkSync(`${outside}/${name}`, `${project}/.claude/settings.json`);
    }
    if (what === "a folder above it") Bun.spawnSync(["rm", target]);
    const before = readdirSync(outside).map((name) => [name, bytesOf(`${outside}/${name}`)]);
    for (const command of ["setup", "uninstall"]) {
      const { exitCode, stderr } = Bun.spawnSync([binary, command, "--yes", "--project"], {
        cwd: project,
        env: sandbox.env,
      });
      expect([command, exitCode]).toEqual([command, 1]);
      expect(stderr.toString()).toContain(`leads to ${outside}/`);
    }
    expect(readdirSync(outside).map((name) => [name, bytesOf(`${outside}/${name}`)])).toEqual(before);
  }));

test("setup --project follows a link within the project, and shows where it leads", () =>
  inSandbox(async (sandbox) => {
    const project = `${sandbox.path}/project`;
    const target = write(`${project}/shared/settings.json`, "{}");
    mkdirSync(`${project}/.claude`);
    symlinkSync(target, `${project}/.claude/settings.json`);
    const { exitCode, stdout } = Bun.spawnSync([binary, "setup", "--yes", "--project"], {
      cwd: project,
      env: sandbox.env,
    });
    expect(exitCode).toBe(0);
    expect(stdout.toString()).toContain(`${project}/.claude/settings.json → ${target}`);
    expect(entryIn(target).command).toContain(binary);
  }));

test.skipIf(process.getuid?.() !== 0)("as root a file, a new one and the copy stay their owner's", () =>
  inSandbox(async (sandbox) => {
    const settings = write(`${sandbox.home}/.claude/settings.json`, "{}");
    for (const path of [`${sandbox.home}/.claude`, settings]) chownSync(path, 12345, 23456);
    const project = `${sandbox.path}/project`;
    mkdirSync(`${project}/.claude`, { recursive: true });
    chownSync(`${project}/.claude`, 12345, 23456);
    // What is remembered goes to a folder of root's own.
    const env = { ...sandbox.env, CLAUDE_CONFIG_DIR: `${sandbox.path}/own` };
    mkdirSync(`${sandbox.path}/own`);
    Bun.spawnSync([binary, "setup", "--yes", "--project"], { cwd: project, env });
    const owners = readdirSync(`${project}/.claude`).map(
      (name) => statSync(`${project}/.claude/${name}`).uid,
    );
    expect(owners).toEqual([12345]);
    Bun.spawnSync([binary, "uninstall", "--yes", "--project"], { cwd: project, env });
    const left = readdirSync(`${project}/.claude`).map((name) => statSync(`${project}/.claude/${name}`));
    expect(left.map(({ uid, gid }) => [uid, gid])).toEqual(left.map(() => [12345, 23456]));
  }),
);
