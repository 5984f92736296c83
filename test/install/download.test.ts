import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { statSync } from "node:fs";
import { Machine, SHELLS } from "./machine.ts";
import { program, ReleaseServer } from "./release.ts";

const EXTRAS = [
  "home/.config/fish/completions/statusline.fish",
  "home/.local/share/bash-completion/completions/statusline",
  "home/.local/share/man/man1/statusline.1",
  "home/.local/share/zsh/site-functions/_statusline",
];
const ALL = [...EXTRAS, "home/.local/bin/statusline"].sort();

let server: ReleaseServer;
let machine: Machine;
beforeEach(() => {
  server = new ReleaseServer();
  server.publish("1.2.2");
  server.publish("1.2.3");
  machine = new Machine();
});
afterEach(() => {
  server.stop();
  machine.remove();
});
const at = () => ["--base-url", server.url];

describe.each(Object.entries(SHELLS))("install.sh under %s", (_, shell) => {
  test.each(
    ["curl", "wget", "busybox wget"].filter((name) => Bun.which(name.split(" ")[0] ?? "") !== null),
  )("with %s alone installs the latest release, and again", async (downloader) => {
    machine.remove();
    machine = new Machine([downloader, "sha256sum"]);
    for (let n = 0; n < 2; n++) {
      const { exitCode, stdout, stderr } = await machine.install(shell, at());
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toContain(`Installed statusline 1.2.3 as ${machine.target}`);
      expect(machine.installed()).toBe(program("1.2.3"));
      expect(machine.files()).toEqual(ALL);
    }
    expect(statSync(machine.target).mode & 0o777).toBe(0o755);
  });

  test("reads itself from a pipe", async () => {
    const { exitCode, stdout } = await machine.install(shell, [...at(), "--yes"], true);
    expect({ exitCode, installed: machine.installed() }).toEqual({
      exitCode: 0,
      installed: program("1.2.3"),
    });
    expect(stdout).toContain("called: setup --yes");
  });

  test("installs a version by its name, with or without v, into another folder", async () => {
    machine.env.INSTALL_DIR = `${machine.home}/of env`;
    for (const version of ["1.2.2", "v1.2.2"]) {
      const { exitCode } = await machine.install(shell, [
        ...at(),
        "--version",
        version,
        "--dir",
        "home/of option",
      ]);
      expect(exitCode).toBe(0);
    }
    expect(machine.files()).toEqual([...EXTRAS, "home/of option/statusline"].sort());
    expect(new Set(server.asked)).toEqual(
      new Set(["download/v1.2.2/SHA256SUMS", "download/v1.2.2/statusline-1.2.2-linux-x64.tar.gz"]),
    );
  });

  test("removes what it installed, by the installed program first", async () => {
    await machine.install(shell, at());
    const { exitCode, stdout } = await machine.install(shell, ["--uninstall"]);
    expect({ exitCode, files: machine.files() }).toEqual({ exitCode: 0, files: [] });
    expect(stdout).toContain("called: uninstall --yes");
    expect((await machine.install(shell, ["--uninstall"])).exitCode).toBe(0);
  });
});

const dash = SHELLS.dash ?? ["sh"];

test.each(["sha256sum", "shasum", "openssl"])("%s alone is enough to check a download", async (tool) => {
  machine.remove();
  machine = new Machine(["curl", tool, ...(tool === "shasum" ? ["perl"] : [])]);
  expect((await machine.install(dash, at())).exitCode).toBe(0);
});

test("XDG folders and the environment's base URL are honoured", async () => {
  machine.env.XDG_DATA_HOME = `${machine.home}/data`;
  machine.env.XDG_CONFIG_HOME = `${machine.home}/conf`;
  machine.env.STATUSLINE_BASE_URL = `${server.url}/`;
  expect((await machine.install(dash, [])).exitCode).toBe(0);
  expect(machine.files()).toContain("home/conf/fish/completions/statusline.fish");
  expect(machine.files()).toContain("home/data/man/man1/statusline.1");
});

test("a redirect is followed", async () => {
  const file = "statusline-1.2.3-linux-x64.tar.gz";
  server.files.set("elsewhere", server.files.get(`download/v1.2.3/${file}`) ?? "");
  server.answers.set(`download/v1.2.3/${file}`, () => Response.redirect(`${server.url}/elsewhere`));
  expect((await machine.install(dash, at())).exitCode).toBe(0);
});

test.each([
  ["linux-x64-baseline", "Linux", "x86_64", { avx2: false }],
  ["linux-x64-musl", "Linux", "x86_64", { musl: true, avx2: false }],
  ["linux-arm64", "Linux", "aarch64", { avx2: false }],
  ["linux-arm64-musl", "Linux", "aarch64", { musl: true }],
  ["darwin-x64", "Darwin", "x86_64", {}],
  ["darwin-arm64", "Darwin", "x86_64", { rosetta: true }],
  ["darwin-arm64", "Darwin", "arm64", {}],
] as const)("takes the build %s for %s on %s, %o", async (build, os, cpu, how) => {
  machine.is(os, cpu, how);
  expect((await machine.install(dash, at())).exitCode).toBe(0);
  expect(server.asked).toContain(`download/v1.2.3/statusline-1.2.3-${build}.tar.gz`);
});

test.each([
  ["MINGW64_NT-10.0", "x86_64", "statusline-VERSION-windows-x64.zip"],
  ["SunOS", "x86_64", "no build for SunOS"],
  ["Linux", "riscv64", "no build for riscv64"],
])("says what to do on %s, %s", async (os, cpu, hint) => {
  machine.is(os, cpu);
  const { exitCode, stderr } = await machine.install(dash, at());
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(hint) });
});
