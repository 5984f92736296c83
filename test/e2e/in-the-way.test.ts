import { describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { binary, ccusageFolder, inSandbox, type Sandbox, sessionIn } from "../harness.ts";

const id = "12121212-1b42-4793-a1b8-0a533aba93f8";
const other = "34343434-1b42-4793-a1b8-0a533aba93f8";

const obstacles: Record<string, (path: string) => void> = {
  "a folder": (path) => mkdirSync(`${path}/mine`, { recursive: true }),
  "a pipe": (path) => void Bun.spawnSync(["mkfifo", path]),
};
const places = [
  "runtime-state.yaml",
  `${other}.json`,
  `frames/${other}.json`,
  "billing-shared.json",
  "daemon.log",
  "locks/refresher.start",
];
const cases = places.flatMap((place) => Object.keys(obstacles).map((what) => [what, place] as const));

/** Runs a command that must end by itself. */
async function ended(sandbox: Sandbox, ...args: string[]) {
  const child = Bun.spawn([binary, ...args], {
    env: sandbox.env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 15_000,
    killSignal: "SIGKILL",
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  expect([args, child.signalCode]).toEqual([args, null]);
  expect(stderr).not.toMatch(/^ {4}at /m);
  return { exitCode: child.exitCode, stdout, stderr };
}

/** Two sessions that have rendered; the record of one has lost what the refresher wrote there. */
async function prepare(sandbox: Sandbox): Promise<void> {
  sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
  await sandbox.lines(sessionIn("/x/known", other));
  await sandbox.lines(sessionIn("/x/project", id));
  await sandbox.settle();
  const record = `${sandbox.health}/${id}.json`;
  const { launch, ...rest } = JSON.parse(sandbox.read(record));
  expect(launch.authProfile).toBe("default");
  writeFileSync(record, JSON.stringify(rest));
}

function put(what: string, path: string): void {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  obstacles[what]?.(path);
}

describe("what stands in the way of a file is told of by its name, and holds nobody up:", () => {
  test.each(cases)("%s for %s", (what, place) =>
    inSandbox(async (sandbox) => {
      await prepare(sandbox);
      const path = `${sandbox.health}/${place}`;
      put(what, path);
      expect((await ended(sandbox, "doctor")).stdout).toContain(`${path}: ${what} is where a file should be`);
      for (const command of ["state", "state check", "profiles", "state label default Mine"]) {
        const { exitCode, stderr } = await ended(sandbox, ...command.split(" "));
        const inUse = place === "runtime-state.yaml";
        expect([command, exitCode, stderr.includes(path)]).toEqual([command, inUse ? 1 : 0, inUse]);
      }
      expect((await ended(sandbox, "refresh")).exitCode).toBe(0);
      // A pipe or device among the frames is removed, and nothing is left to report.
      const isReplaced = place.startsWith("frames/") && what !== "a folder";
      if ((place.includes(other) && !isReplaced) || place.endsWith("yaml"))
        expect(sandbox.log()).toContain(path);
      // The rest goes on: the session's record has again what the refresher finds.
      expect(JSON.parse(sandbox.read(`${sandbox.health}/${id}.json`)).launch.authProfile).toBe("default");
    }));

  test.each(["cache", "archive", "locks", "frames", "."])("a file for the folder %s", (place) =>
    inSandbox(async (sandbox) => {
      await prepare(sandbox);
      const path = place === "." ? sandbox.health : `${sandbox.health}/${place}`;
      rmSync(path, { recursive: true, force: true });
      writeFileSync(path, "");
      expect((await ended(sandbox, "doctor")).stdout).toContain(
        `${path}: a file is where a folder should be`,
      );
      for (const command of [
        "state",
        "profiles",
        "state label default Mine",
        "state cleanup --days 0",
        "refresh",
      ])
        await ended(sandbox, ...command.split(" "));
      const { exitCode, stderr } = await ended(sandbox, "refresh");
      expect(exitCode).toBe(place === "locks" || place === "." ? 1 : 0);
      if (exitCode === 1) expect(stderr).toContain(path);
      if (place === "cache") expect(sandbox.log()).toContain(path);
    }));

  test("a folder for an entry of the cache", () =>
    inSandbox(async (sandbox) => {
      await prepare(sandbox);
      const entries = [...new Bun.Glob("*.json").scanSync({ cwd: `${sandbox.health}/cache` })];
      expect(entries.length).toBeGreaterThan(2);
      for (const name of entries) put("a folder", `${sandbox.health}/cache/${name}`);
      const { stdout } = await ended(sandbox, "doctor");
      for (const name of entries) expect(stdout).toContain(`/cache/${name}: a folder is where`);
      expect((await ended(sandbox, "refresh")).exitCode).toBe(0);
      await ended(sandbox, "profiles");
      expect((await ended(sandbox, "state")).stdout).toContain("/x/project");
    }));
});

test.skipIf(process.getuid?.() === 0)(
  "a folder that cannot be written is told of, and mended by a refresh",
  () =>
    inSandbox(async (sandbox) => {
      sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
      mkdirSync(sandbox.health, { recursive: true });
      chmodSync(sandbox.health, 0o500);
      const label = await ended(sandbox, "state", "label", "default", "Mine");
      expect([label.exitCode, label.stderr]).toEqual([1, expect.stringContaining(sandbox.health)]);
      expect(label.stderr).toContain("permission denied");
      const told = await ended(sandbox, "doctor");
      expect([told.exitCode, told.stdout]).toEqual([
        1,
        expect.stringContaining(`${sandbox.health}: permission denied`),
      ]);
      expect((await ended(sandbox, "state")).exitCode).toBe(0);
      expect((await ended(sandbox, "refresh")).exitCode).toBe(0);
      expect((await ended(sandbox, "doctor")).stdout).toMatch(/^✓ files /m);
    }),
);

test.each<[string, (path: string) => void]>([
  ["a folder", (path) => void mkdirSync(path)],
  ["a pipe", (path) => void Bun.spawnSync(["mkfifo", path])],
  ["a link to a device", (path) => symlinkSync("/dev/zero", path)],
  ["a link to itself", (path) => symlinkSync(path, path)],
  ["not JSON", (path) => writeFileSync(path, '{"oauthAccount":')],
])("%s in the place of .claude.json stops neither rows nor the refresher, and doctor reports it", (_, make) =>
  inSandbox(async (sandbox) => {
    const path = `${sandbox.home}/.claude.json`;
    make(path);
    const repository = sandbox.repository("repo");
    writeFileSync(`${repository}/new`, "");
    const document = sessionIn(repository, id);
    await sandbox.lines(document);
    await sandbox.settle();
    const [row] = await sandbox.lines(document);
    expect(row).toContain("main ?1");
    expect((await ended(sandbox, "doctor")).stdout).toContain(path);
  }));
