import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { Machine, SHELLS } from "./machine.ts";
import { cutOffServer, program, ReleaseServer } from "./release.ts";

const ARCHIVE = "download/v2.0.0/statusline-2.0.0-linux-x64.tar.gz";
const page = () =>
  new Response("<!doctype html><title>Sign in</title>", { headers: { "Content-Type": "text/html" } });

let server: ReleaseServer;
let machine: Machine;
beforeEach(() => {
  server = new ReleaseServer();
  machine = new Machine(["curl", "sha256sum"]);
});
afterEach(() => {
  server.stop();
  machine.remove();
});
const at = () => ["--base-url", server.url];

/** What can be wrong with a release, and what the installer then says. */
const FAULTS: readonly (readonly [string, RegExp, () => void])[] = [
  ["a wrong sum", /has SHA-256 \w{64} instead of/, () => server.files.set(ARCHIVE, "other bytes")],
  [
    "a sums file without this build",
    /no checksum for/,
    () => server.sums("2.0.0", `${"0".repeat(64)}  other\n`),
  ],
  [
    "a sums file with a bare name",
    /no checksum for/,
    () => server.sums("2.0.0", `x\n ${ARCHIVE.slice(16)}\n`),
  ],
  [
    "a page in place of the sums",
    /no checksum for/,
    () => server.answers.set("latest/download/SHA256SUMS", page),
  ],
  ["a page in place of the archive", /instead of/, () => server.answers.set(ARCHIVE, page)],
  ["no sums", /cannot download .*SHA256SUMS/, () => server.files.delete("latest/download/SHA256SUMS")],
  ["no archive", /cannot download .*tar\.gz/, () => server.files.delete(ARCHIVE)],
  [
    "a name that leads elsewhere",
    /no checksum for/,
    () => server.sums("2.0.0", `a  statusline-/../x-linux-x64.tar.gz\n`),
  ],
  ["a program that fails", /does not print/, () => server.publish("2.0.0", "#!/bin/sh\necho text\nexit 3\n")],
  ["a program that prints nothing", /does not print/, () => server.publish("2.0.0", "#!/bin/sh\necho ' '\n")],
  ["a program of another system", /does not print/, () => server.publish("2.0.0", "\x7fELF\x02\x01\x01\x00")],
  [
    "a program that lacks a library",
    /apk add libstdc\+\+/,
    () => server.publish("2.0.0", "#!/bin/sh\necho 'no libstdc++.so.6' >&2\nexit 127\n"),
  ],
];

describe.each(Object.entries(SHELLS))("install.sh under %s", (_, shell) => {
  describe.each(["curl", "wget"])("with %s", (downloader) => {
    beforeEach(async () => {
      machine.remove();
      machine = new Machine([downloader, "sha256sum"]);
      server.publish("1.0.0");
      await machine.install(shell, at());
    });

    /** The failed install says `why`, and nothing else has changed. */
    async function leavesTheOldOne(why: RegExp, args: readonly string[]) {
      const before = machine.files();
      const { exitCode, stderr } = await machine.install(shell, args);
      expect(stderr).toMatch(why);
      expect(exitCode).toBe(1);
      expect(machine.installed()).toBe(program("1.0.0"));
      expect(machine.files()).toEqual(before);
    }

    test.each(FAULTS)("%s leaves the old program", async (_name, why, spoil) => {
      server.publish("2.0.0");
      spoil();
      await leavesTheOldOne(why, at());
    });

    test("a transfer that is cut off leaves the old program", async () => {
      server.publish("2.0.0");
      const cut = cutOffServer(100_000);
      server.answers.set(ARCHIVE, () => Response.redirect(`http://127.0.0.1:${cut.port}/${ARCHIVE}`));
      await leavesTheOldOne(/cannot download .*linux-x64\.tar\.gz/, at());
      cut.stop(true);
    });

    test("a server that is not there leaves the old program", async () => {
      await leavesTheOldOne(/cannot download/, ["--base-url", "http://127.0.0.1:1"]);
    });
  });
});

test.each(
  Object.entries(SHELLS),
)("under %s, one that is ended in the middle leaves nothing", async (_, shell) => {
  server.publish("1.0.0");
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  server.answers.set("download/v1.0.0/statusline-1.0.0-linux-x64.tar.gz", () => {
    begin();
    return new Response(new ReadableStream({ pull: () => new Promise(() => {}) }));
  });
  const child = Bun.spawn([...shell, `${root}install.sh`, ...at()], {
    env: machine.env,
    detached: true,
    stdio: ["ignore", "ignore", "ignore"],
  });
  await begun;
  expect(machine.files().length).toBeGreaterThan(0);
  process.kill(-child.pid, "SIGTERM");
  expect(await child.exited).not.toBe(0);
  expect(machine.files()).toEqual([]);
});

const dash = SHELLS.dash ?? ["sh"];

test.each([
  [["sha256sum"], "neither curl nor wget"],
  [["curl"], "cannot be checked"],
])("with %p of the tools it says what is missing", async (tools, message) => {
  machine.remove();
  machine = new Machine(tools);
  server.publish("1.0.0");
  const { exitCode, stderr } = await machine.install(dash, at());
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(message) });
  expect(machine.files()).toEqual([]);
});

test("a program that hangs is stopped and not installed", async () => {
  machine.tool("sleep", "exit 0");
  server.publish("1.0.0", `#!/bin/sh\nexec ${Bun.which("sleep")} 600\n`);
  const { exitCode, stderr } = await machine.install(dash, at());
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining("does not print") });
  expect(machine.files()).toEqual([]);
});

test("a folder that cannot be written, or a folder in the program's place, is said", async () => {
  server.publish("1.0.0");
  const barred = await machine.install(dash, [...at(), "--dir", "/proc/none"]);
  expect(barred).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("cannot write to /proc/none"),
  });
  mkdirSync(machine.target, { recursive: true });
  const taken = await machine.install(dash, at());
  expect(taken).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("is a folder") });
  expect(machine.files()).toEqual([]);
});

test.each(["--nonsense", "--version", "--version ../1"])("wrong usage: %s", async (usage) => {
  const { exitCode, stderr } = await machine.install(dash, usage.split(" "));
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("see --help") });
  expect(server.asked).toEqual([]);
});

test("a script that was cut off anywhere in its last lines does nothing", async () => {
  const script = readFileSync(`${root}install.sh`, "utf8").trimEnd();
  machine.env.STATUSLINE_BASE_URL = server.url;
  for (let end = script.length - 60; end < script.length; end++) {
    await machine.run(dash, new Blob([script.slice(0, end)]));
  }
  for (let part = 1; part < 40; part++) {
    await machine.run(dash, new Blob([script.slice(0, Math.floor((script.length * part) / 40))]));
  }
  expect({ asked: server.asked, files: machine.files() }).toEqual({ asked: [], files: [] });
});

test("setup that fails is said, with the program in place", async () => {
  server.publish("1.0.0", `${program("1.0.0").replace('echo "called: $*"', "exit 1")}`);
  const { exitCode, stderr } = await machine.install(dash, [...at(), "--yes"]);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringContaining("statusline is installed"),
  });
  const removal = await machine.install(dash, ["--uninstall"]);
  expect(removal).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("nothing was removed") });
  expect(machine.files()).toContain("home/.local/bin/statusline");
});

test("a program that cannot say goodbye is removed all the same", async () => {
  server.publish("1.0.0");
  await machine.install(dash, at());
  rmSync(machine.target);
  machine.env.PATH += `:${machine.home}/.local/bin`;
  await Bun.write(machine.target, "\x7fELF");
  Bun.spawnSync(["chmod", "755", machine.target]);
  const { exitCode, stderr } = await machine.install(dash, ["--uninstall"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining("by hand") });
  expect(machine.files()).toEqual([]);
});
