import { describe, expect, test } from "bun:test";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { identify } from "../../src/lib/process.ts";
import { binary, inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { examined, makeWell, readExamined, says, settings, spoilt } from "./well.ts";

const id = "91919191-9191-4191-8191-919191919191";

/** A sandbox whose session-health has been in use. */
async function used(sandbox: Sandbox): Promise<void> {
  await sandbox.lines(sessionIn("/x/widgets", id));
  await sandbox.settle();
}

describe("files", () => {
  test("that other users can read", async () => {
    const files = await spoilt("files", async (sandbox) => {
      await used(sandbox);
      chmodSync(`${sandbox.health}/${id}.json`, 0o644);
      chmodSync(`${sandbox.health}/cache`, 0o755);
    });
    expect(files).toEqual(
      says("warning", /other users can read .* and 1 more/, /^chmod -R go-rwx .*session-health$/),
    );
  });

  test("of another kind than they should be", async () => {
    const files = await spoilt("files", async (sandbox) => {
      await used(sandbox);
      rmSync(`${sandbox.health}/archive`, { recursive: true, force: true });
      writeFileSync(`${sandbox.health}/archive`, "");
    });
    expect(files).toEqual(says("problem", "/archive: a file is where a folder should be", "Move it away."));
  });

  test.skipIf(process.getuid?.() === 0)("that may not be written", async () => {
    const files = await spoilt("files", (sandbox) => {
      mkdirSync(sandbox.health, { mode: 0o500, recursive: true });
    });
    expect(files).toEqual(says("problem", "permission denied"));
  });
});

// A full disk needs a mount of its own; not every machine lets a test have one.
const mounts = Bun.spawnSync(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).exitCode === 0;
describe.skipIf(process.platform !== "linux" || !mounts)("disk", () => {
  test.each([
    ["nearly full", "size=10m", "true", "warning", /^(9|10) MB free/],
    ["full", "size=1m", "head -c 2000000 /dev/zero > $HOME/.claude/fill", "problem", "0 MB free"],
    [
      "out of files",
      "size=99m,nr_inodes=3",
      "touch $HOME/.claude/a $HOME/.claude/b",
      "problem",
      "no inodes left",
    ],
  ] as const)("%s", (_, size, fill, status, message) =>
    inSandbox(async (sandbox) => {
      makeWell(sandbox);
      const script = `mount -t tmpfs -o ${size} none $HOME/.claude; (${fill}) 2>/dev/null; exec ${binary} doctor --json`;
      const { of } = readExamined(await sandbox.run("", {}, ["-rm", "sh", "-c", script], "unshare"));
      expect(of("disk")).toEqual(says(status, message, /some/));
    }));
});

describe("locks", () => {
  /** A lock whose file says so. */
  function lock(sandbox: Sandbox, name: string, lines: readonly object[], age = 0): void {
    const path = `${sandbox.health}/locks/${name}.lock`;
    mkdirSync(path, { recursive: true, mode: 0o700 });
    writeFileSync(`${path}/nonce`, lines.map((line) => `${JSON.stringify(line)}\n`).join(""), {
      mode: 0o600,
    });
    utimesSync(path, Date.now() / 1000 - age, Date.now() / 1000 - age);
  }
  const dead = { pid: 4_194_000, startTime: "1" };

  test("of a dead owner, and what it has left at work", () =>
    inSandbox(async (sandbox) => {
      makeWell(sandbox);
      const child = Bun.spawn(["sleep", "98765"], { detached: true });
      try {
        lock(sandbox, "cost-1", [dead, identify(child.pid) ?? dead]);
        const { of } = await examined(sandbox);
        expect(of("locks")).toEqual(says("warning", "cost-1.lock: its owner is dead", "statusline refresh"));
        expect(of("processes")).toEqual(
          says("problem", `process ${child.pid} still works`, `kill -- -${child.pid}`),
        );
      } finally {
        child.kill();
      }
    }));

  test("that is held for too long, and one that is held well", async () => {
    const own = identify(process.pid) ?? dead;
    expect(await spoilt("locks", (sandbox) => lock(sandbox, "git-1", [own], 900))).toEqual(
      says("problem", `git-1.lock: process ${process.pid} has held it for 15m`, `kill ${process.pid}`),
    );
    const held = await spoilt("locks", (sandbox) => lock(sandbox, "git-1", [own], 2));
    expect(held).toEqual([expect.objectContaining({ status: "ok" })]);
  });

  test("that is none", async () => {
    const locks = await spoilt("locks", (sandbox) => {
      mkdirSync(`${sandbox.health}/locks`, { recursive: true, mode: 0o700 });
      writeFileSync(`${sandbox.health}/locks/git-1.lock`, "", { mode: 0o600 });
    });
    expect(locks).toEqual(says("warning", "git-1.lock is not a lock", "statusline refresh"));
  });

  test("are looked at, and stay", () =>
    inSandbox(async (sandbox) => {
      makeWell(sandbox);
      // Without a command nothing is run, and no refresher clears it away.
      settings(sandbox, {});
      lock(sandbox, "git-1", [dead]);
      await examined(sandbox);
      expect(readdirSync(`${sandbox.health}/locks/git-1.lock`)).toEqual(["nonce"]);
    }));
});

describe("processes", () => {
  test("of ours that are at work for too long, not those at a terminal", async () => {
    const listing = [
      "  101 ?        01:40:07 statusline",
      "  102 ??    2-00:00:01 /usr/local/bin/statusline",
      "  103 pts/3    05:00:00 statusline",
      "  104 ?           00:03 statusline",
      "  105 ?        09:00:00 another",
    ];
    const checks = await spoilt("processes", (sandbox) =>
      sandbox.program("ps", `printf '%s\\n' '${listing.join("' '")}'`),
    );
    expect(checks.map(({ hint }) => hint)).toEqual(["kill 101", "kill 102"]);
    expect(checks).toEqual(says("warning", /process 101 of statusline has been running for 1h ?40m/));
  });

  test("are found with the system's own ps", () =>
    inSandbox(async (sandbox) => {
      makeWell(sandbox);
      // Nothing here has run for long enough: only the age is another than ps says.
      sandbox.program("ps", `${Bun.which("ps")} "$@" | sed -E 's/ 00:[0-9]{2} / 02:00:00 /'`);
      const sleep = `${sandbox.path}/statusline`;
      copyFileSync(Bun.which("sleep") ?? "", sleep);
      const child = Bun.spawn([sleep, "98765"], { detached: true, stdio: ["ignore", "ignore", "ignore"] });
      try {
        const { of } = await examined(sandbox);
        expect(of("processes")).toEqual(
          says("warning", `process ${child.pid} of statusline has been running for 2h`, `kill ${child.pid}`),
        );
      } finally {
        child.kill();
      }
    }));
});

describe("what is stored and configured", () => {
  test("a configuration that cannot be used", async () => {
    const spoil = (sandbox: Sandbox) =>
      void settings(sandbox, '{\n  "theme": "nrod"\n}', "statusline.user.json");
    expect(await spoilt("configuration", spoil)).toEqual(
      says("problem", /statusline\.user\.json:2:\d+: theme is "nrod".*did you mean "nord"/),
    );
  });

  test("a state that cannot be used, a record that is broken, one that was set aside", async () => {
    const checks = await spoilt("state", (sandbox) => {
      mkdirSync(sandbox.health, { recursive: true, mode: 0o700 });
      writeFileSync(`${sandbox.health}/runtime-state.yaml`, "sessions:\n  - sessionId: 7\n", { mode: 0o600 });
      writeFileSync(`${sandbox.health}/x.json`, "{", { mode: 0o600 });
      writeFileSync(`${sandbox.health}/runtime-state.yaml.1.broken`, "", { mode: 0o600 });
    });
    expect(checks).toEqual(
      says("problem", "runtime-state.yaml:2:16: sessions[0].sessionId", "Fix it by hand"),
    );
    expect(checks).toEqual(says("problem", "x.json is not a JSON object", "Fix or remove it."));
    expect(checks).toEqual(says("problem", ".broken could not be used and was set aside"));
  });
});
