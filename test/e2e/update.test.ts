import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { folderName } from "../../build/release/targets.ts";
import { version } from "../../package.json";
import { binary, capture } from "../harness.ts";
import { program } from "../install/release.ts";
import { ARCHIVE, NEW, SUMS, target, Updating } from "./update-harness.ts";

let at: Updating;
beforeEach(() => {
  at = new Updating();
});
afterEach(() => at.stop());

describe("a newer release", () => {
  test("takes the program's place in one step, with its mode", async () => {
    at.server.publish(NEW);
    rmSync(at.installed); // It may be one file with the built one, whose mode is to stay.
    copyFileSync(binary, at.installed);
    chmodSync(at.installed, 0o750);
    const { exitCode, stdout, stderr } = await at.update();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`statusline ${NEW} was installed as ${at.installed}, replacing ${version}\n`);
    expect([readFileSync(at.installed, "utf8"), statSync(at.installed).mode & 0o777]).toEqual([
      program(NEW),
      0o750,
    ]);
    expect(at.server.asked).toEqual([SUMS, ARCHIVE]);
    expect(readdirSync(dirname(at.installed))).toEqual(["statusline"]);
    expect(readdirSync(at.sandbox.home)).toEqual([]);
  });

  test("is only told of by --check: exit code 1", async () => {
    at.server.publish(NEW);
    const { exitCode, stdout, stderr } = await at.update(["--check"]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      `statusline ${NEW} is available; this is ${version}\n\`statusline update\` installs it.\n`,
    );
    expect(at.server.asked).toEqual([SUMS]);
  });

  test("can be this program under another version, as it is built", async () => {
    const folder = folderName(target, NEW);
    mkdirSync(`${at.sandbox.path}/${folder}`);
    Bun.spawnSync(["cp", binary, `${at.sandbox.path}/${folder}/statusline`]);
    Bun.spawnSync(["sh", "-c", `tar -cf - ${folder} | gzip -1 >archive.tar.gz`], { cwd: at.sandbox.path });
    at.publish(new Uint8Array(await Bun.file(`${at.sandbox.path}/archive.tar.gz`).arrayBuffer()));
    const before = statSync(at.installed).ino;
    expect(await at.update()).toMatchObject({ exitCode: 0, stderr: "" });
    expect(statSync(at.installed).ino).not.toBe(before);
    const row = await at.sandbox.run(
      JSON.stringify(capture("stdin-02-after-first-reply")),
      {},
      [],
      at.installed,
    );
    expect(row).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Opus") });
  });

  test("is found where the server leads to", async () => {
    at.server.publish(NEW);
    const gate = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (request) => Response.redirect(`${at.server.url}${new URL(request.url).pathname}`, 302),
    });
    expect(await at.update([], at.installed, `http://127.0.0.1:${gate.port}/`)).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    gate.stop(true);
  });
});

test.each([
  version,
  "0.0.1",
  `${version}-rc.1`,
])("with %s as the latest there is nothing to do", async (latest) => {
  at.server.publish(latest);
  for (const args of [[], ["--check"]])
    expect(await at.update(args)).toMatchObject({
      exitCode: 0,
      stdout: `statusline ${version} is the latest\n`,
      stderr: "",
    });
  expect(at.server.asked).toEqual([SUMS, SUMS]);
});

test("--check that cannot find out: exit code 2", async () => {
  const { exitCode, stderr } = await at.update(["--check"]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("the server answered 404")]);
});

test.each([
  "Cellar/statusline/0.1.0/bin",
  "homebrew/bin",
])("one that Homebrew installed as %s is Homebrew's to update", async (folder) => {
  at.server.publish(NEW);
  const { exitCode, stderr } = await at.update([], at.install(folder));
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("`brew upgrade statusline` updates it.")]);
  expect(at.server.asked).toEqual([]);
  expect((await at.update(["--check"], `${at.sandbox.path}/${folder}/statusline`)).exitCode).toBe(1);
});

/** Makes a folder one that cannot be written; root is kept out by an attribute that some file systems have. */
function bar(folder: string, on: boolean): boolean {
  if (process.getuid?.() === 0) return Bun.spawnSync(["chattr", on ? "+i" : "-i", folder]).exitCode === 0;
  chmodSync(folder, on ? 0o555 : 0o755);
  return true;
}

test.skipIf(Bun.which("chattr") === null)(
  "a folder that cannot be written is told of before anything is downloaded",
  async () => {
    if (!bar(dirname(at.installed), true)) return;
    const { exitCode, stderr } = await at.update().finally(() => bar(dirname(at.installed), false));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`${at.installed} cannot be written`)]);
    expect(at.server.asked).toEqual([]);
  },
);

test.each(["--frob", "9.0.0", "--check x"])("%s is wrong usage", async (args) => {
  const { exitCode, stderr } = await at.update(args.split(" "));
  expect([exitCode, stderr, at.server.asked]).toEqual([2, "usage: statusline update [--check]\n", []]);
});
