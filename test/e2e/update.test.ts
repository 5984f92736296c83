import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { tarGz } from "../../build/release/tar.ts";
import { archiveName, folderName, TARGETS, type Target } from "../../build/release/targets.ts";
import { version } from "../../package.json";
import { buildName } from "../../src/update/platform.ts";
import { binary, capture, type Run, Sandbox } from "../harness.ts";
import { cutOffServer, program, ReleaseServer } from "../install/release.ts";

const target = TARGETS.find(({ name }) => name === buildName(binary)) as Target;
const NEW = "9.0.0";
const ARCHIVE = `download/v${NEW}/${archiveName(target, NEW)}`;
const SUMS = "latest/download/SHA256SUMS";
const page = () =>
  new Response("<!doctype html><title>Sign in</title>", { headers: { "Content-Type": "text/html" } });

let server: ReleaseServer;
let sandbox: Sandbox;
let installed: string;
beforeEach(() => {
  server = new ReleaseServer();
  sandbox = new Sandbox();
  installed = install("bin");
});
afterEach(() => {
  server.stop();
  sandbox.remove();
});

/** Puts the program into a folder of the sandbox. */
function install(folder: string): string {
  const path = `${sandbox.path}/${folder}/statusline`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    linkSync(binary, path);
  } catch {
    Bun.spawnSync(["cp", binary, path]); // The sandbox is on another file system.
  }
  return path;
}

const update = (args: string[] = [], path = installed, base = server.url): Promise<Run> =>
  sandbox.run("", { STATUSLINE_BASE_URL: base }, ["update", ...args], path);

/** Publishes one archive, with its right sum. */
function publish(bytes: Uint8Array<ArrayBuffer>, name = archiveName(target, NEW)): void {
  server.files.set(`download/v${NEW}/${name}`, bytes);
  server.sums(NEW, `${new Bun.CryptoHasher("sha256").update(bytes).digest("hex")}  ${name}\n`);
}

describe("a newer release", () => {
  test("takes the program's place in one step, with its mode", async () => {
    server.publish(NEW);
    rmSync(installed); // It may be one file with the built one, whose mode is to stay.
    copyFileSync(binary, installed);
    chmodSync(installed, 0o750);
    const { exitCode, stdout, stderr } = await update();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`statusline ${NEW} stands in ${installed}, in the place of ${version}\n`);
    expect([readFileSync(installed, "utf8"), statSync(installed).mode & 0o777]).toEqual([
      program(NEW),
      0o750,
    ]);
    expect(server.asked).toEqual([SUMS, ARCHIVE]);
    expect(readdirSync(dirname(installed))).toEqual(["statusline"]);
    expect(readdirSync(sandbox.home)).toEqual([]);
  });

  test("is only told of by --check: exit code 1", async () => {
    server.publish(NEW);
    const { exitCode, stdout, stderr } = await update(["--check"]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      `statusline ${NEW} is there; this is ${version}\n\`statusline update\` installs it.\n`,
    );
    expect(server.asked).toEqual([SUMS]);
  });

  test("can be this program under another version, as it is built", async () => {
    const folder = folderName(target, NEW);
    mkdirSync(`${sandbox.path}/${folder}`);
    Bun.spawnSync(["cp", binary, `${sandbox.path}/${folder}/statusline`]);
    Bun.spawnSync(["sh", "-c", `tar -cf - ${folder} | gzip -1 >archive.tar.gz`], { cwd: sandbox.path });
    publish(new Uint8Array(await Bun.file(`${sandbox.path}/archive.tar.gz`).arrayBuffer()));
    const before = statSync(installed).ino;
    expect(await update()).toMatchObject({ exitCode: 0, stderr: "" });
    expect(statSync(installed).ino).not.toBe(before);
    const row = await sandbox.run(JSON.stringify(capture("stdin-02-after-first-reply")), {}, [], installed);
    expect(row).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Opus") });
  }, 60_000);

  test("is found where the server leads to", async () => {
    server.publish(NEW);
    const gate = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (request) => Response.redirect(`${server.url}${new URL(request.url).pathname}`, 302),
    });
    expect(await update([], installed, `http://127.0.0.1:${gate.port}/`)).toMatchObject({
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
  server.publish(latest);
  for (const args of [[], ["--check"]])
    expect(await update(args)).toMatchObject({
      exitCode: 0,
      stdout: `statusline ${version} is the latest\n`,
      stderr: "",
    });
  expect(server.asked).toEqual([SUMS, SUMS]);
});

const packed = (path: string) => tarGz([{ path, bytes: new TextEncoder().encode("x"), executable: true }], 0);

/** What can be wrong with a release, and what is then said. */
const FAULTS: readonly (readonly [string, RegExp, () => void])[] = [
  ["a wrong sum", /has SHA-256 \w{64} instead of \w{64}/, () => server.files.set(ARCHIVE, "other bytes")],
  ["no sums", /cannot download .*SHA256SUMS: the server says 404/, () => server.files.delete(SUMS)],
  ["no archive", /cannot download .*tar\.gz: the server says 404/, () => server.files.delete(ARCHIVE)],
  ["a page in place of the sums", /has no sum for statusline-\*-/, () => server.answers.set(SUMS, page)],
  ["a page in place of the archive", /has SHA-256/, () => server.answers.set(ARCHIVE, page)],
  ["sums without this build", /has no sum for/, () => server.sums(NEW, `${"0".repeat(64)}  other\n`)],
  ["a sum that is none", /has no sum for/, () => server.sums(NEW, `x  ${archiveName(target, NEW)}\n`)],
  [
    "a name that leads elsewhere",
    /has no sum for/,
    () => server.sums(NEW, `${"0".repeat(64)}  statusline-9/../x-${target.name}.tar.gz\n`),
  ],
  [
    "an archive that is none",
    /has no statusline-.*\/statusline in it/,
    () => publish(new TextEncoder().encode("text")),
  ],
  ["an archive without a program", /has no .*\/statusline in it/, () => publish(packed("other/statusline"))],
  [
    "a program that fails",
    /does not print a status line/,
    () => server.publish(NEW, "#!/bin/sh\necho a\nexit 3\n"),
  ],
  ["a program that prints nothing", /does not print/, () => server.publish(NEW, "#!/bin/sh\necho ' '\n")],
  ["a program of another system", /does not print/, () => server.publish(NEW, "\x7fELF\x02\x01\x01\x00")],
  [
    "redirections in a circle",
    /more than 10 redirections/,
    () => server.answers.set(ARCHIVE, () => Response.redirect(`${server.url}/${ARCHIVE}`)),
  ],
  [
    "a way off the web",
    /it leads to file:/,
    () =>
      server.answers.set(
        ARCHIVE,
        () => new Response("", { status: 302, headers: { Location: "file:///etc/passwd" } }),
      ),
  ],
];

describe("what leaves the program as it was:", () => {
  const before = statSync(binary);

  async function leaves(why: RegExp, base?: string) {
    const { exitCode, stderr } = await update([], installed, base);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(why)]);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(statSync(installed).size).toBe(before.size);
    expect(readdirSync(dirname(installed))).toEqual(["statusline"]);
  }

  test.each(FAULTS)("%s", async (_, why, spoil) => {
    server.publish(NEW);
    spoil();
    await leaves(why);
  });

  test("a transfer that is cut off", async () => {
    server.publish(NEW);
    const cut = cutOffServer(100_000);
    server.answers.set(ARCHIVE, () => Response.redirect(`http://127.0.0.1:${cut.port}/${ARCHIVE}`));
    await leaves(/cannot download .*tar\.gz: /);
    cut.stop(true);
  });

  test("a server that is not there", () =>
    leaves(/cannot download http:\/\/127\.0\.0\.1:1\//, "http://127.0.0.1:1"));
  test("an address that is none", () => leaves(/cannot download nonsense\//, "nonsense"));
});

test("--check that cannot find out: exit code 2", async () => {
  const { exitCode, stderr } = await update(["--check"]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("the server says 404")]);
});

test.each([
  "Cellar/statusline/0.1.0/bin",
  "homebrew/bin",
])("one that Homebrew installed as %s is Homebrew's to update", async (folder) => {
  server.publish(NEW);
  const { exitCode, stderr } = await update([], install(folder));
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("`brew upgrade statusline` updates it.")]);
  expect(server.asked).toEqual([]);
  expect((await update(["--check"], `${sandbox.path}/${folder}/statusline`)).exitCode).toBe(1);
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
    if (!bar(dirname(installed), true)) return;
    const { exitCode, stderr } = await update().finally(() => bar(dirname(installed), false));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`${installed} cannot be written`)]);
    expect(server.asked).toEqual([]);
  },
);

test.each(["--frob", "9.0.0", "--check x"])("%s is wrong usage", async (args) => {
  const { exitCode, stderr } = await update(args.split(" "));
  expect([exitCode, stderr, server.asked]).toEqual([2, "usage: statusline update [--check]\n", []]);
});
