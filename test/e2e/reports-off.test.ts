import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { examined, makeWell, says } from "../doctor/well.ts";
import { binary, inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { configure, fileOf, newId, placeOf, write } from "./configured.ts";
import { Ingest, logError, NOBODY, refresh, spooled } from "./ingest.ts";

const ingest = new Ingest();
afterAll(() => ingest.stop());
beforeEach(() => ingest.reset());

/** What a run, and all that it starts, asks the network for; sockets within this machine's file system are no network. */
async function connections(
  sandbox: Sandbox,
  args: string[],
  env: Record<string, string> = {},
  stdin = "",
): Promise<string[]> {
  const output = `${sandbox.path}/trace`;
  const calls = "trace=socket,connect,sendto,sendmsg";
  const trace = ["-f", "-e", calls, "-o", output, binary, ...args];
  const { exitCode } = await sandbox.run(stdin, env, trace, "strace");
  expect(exitCode).toBe(0);
  return readFileSync(output, "utf8")
    .split("\n")
    .filter((line) => /AF_INET/.test(line));
}

/** An error that would be reported, in a process that reports its timings always. */
function failing(sandbox: Sandbox): void {
  logError(sandbox, "refresh", "timed out after 7 s");
  configure(sandbox, { "reports.sampleRate": 1, lines: [["project", "cost"]] });
}

// There is no strace but on Linux.
describe.skipIf(process.platform !== "linux")("no packet leaves", () => {
  test("a refresher without a DSN; with one the same run sends", () =>
    inSandbox(async (sandbox) => {
      failing(sandbox);
      await sandbox.run(JSON.stringify(sessionIn("/x/y", newId())));
      await sandbox.settle();
      logError(sandbox, "refresh", "timed out after 7 s");
      expect(await connections(sandbox, ["refresh"])).toEqual([]);
      expect(existsSync(`${sandbox.health}/reports`)).toBe(false);
      await refresh(sandbox, { SENTRY_DSN: ingest.dsn });
      logError(sandbox, "refresh", "timed out after 8 s");
      expect(await connections(sandbox, ["refresh"], { SENTRY_DSN: ingest.dsn })).not.toEqual([]);
      expect(ingest.values).toEqual(["timed out after {}"]);
    }));

  test("a render, or another command, with a DSN", () =>
    inSandbox(async (sandbox) => {
      failing(sandbox);
      await refresh(sandbox, { SENTRY_DSN: NOBODY });
      logError(sandbox, "refresh", "timed out after 8 s");
      await refresh(sandbox, { SENTRY_DSN: NOBODY });
      expect(spooled(sandbox).length).toBeGreaterThan(0);
      const env = { SENTRY_DSN: ingest.dsn };
      const document = JSON.stringify(sessionIn("/x/y", newId()));
      for (const args of [["state"], ["config"], ["profiles"]])
        expect([args, await connections(sandbox, args, env)]).toEqual([args, []]);
      // Without the refresher that it would start.
      configure(sandbox, { lines: [["project"]], "reports.dsn": ingest.dsn });
      expect(await connections(sandbox, [], { STATUSLINE_NOW: String(Date.now()) }, document)).toEqual([]);
    }));
});

describe("who says where reports go", () => {
  const arrived = async (sandbox: Sandbox, env: Record<string, string> = {}) => {
    await refresh(sandbox, env);
    logError(sandbox, "refresh", "timed out after 7 s");
    await refresh(sandbox, env);
    return ingest.of("event").length;
  };

  test("SENTRY_DSN does", () =>
    inSandbox(async (sandbox) => expect(await arrived(sandbox, { SENTRY_DSN: ingest.dsn })).toBe(1)));

  test("a person's own file does, and goes before SENTRY_DSN", () =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { "reports.dsn": ingest.dsn });
      expect(await arrived(sandbox, { SENTRY_DSN: NOBODY })).toBe(1);
    }));

  test("a person's own file can say no, whatever SENTRY_DSN is for", () =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { "reports.dsn": "off" });
      expect(await arrived(sandbox, { SENTRY_DSN: ingest.dsn })).toBe(0);
    }));

  test("a project's configuration does not", () =>
    inSandbox(async (sandbox) => {
      const text = configure(sandbox, { "reports.dsn": ingest.dsn }, "project");
      const { exitCode, stderr } = await sandbox.run("", {}, ["config", "check"]);
      const place = `${fileOf(sandbox, "project")}:${placeOf(text, "reports.dsn")}`;
      const message = `${place}: reports.dsn cannot be set by a project; expected it in your own file\n`;
      expect([exitCode, stderr]).toEqual([1, message]);
      await sandbox.run(JSON.stringify(sessionIn(sandbox.path, newId())));
      expect(await arrived(sandbox)).toBe(0);
    }));

  test.each(["settings.json", "settings.local.json"])("a project's %s of Claude Code does not", (name) =>
    inSandbox(async (sandbox) => {
      const project = `${sandbox.path}/project`;
      const env = { SENTRY_DSN: ingest.dsn, CLAUDE_PROJECT_DIR: project };
      write(`${project}/.claude/${name}`, JSON.stringify({ env: { SENTRY_DSN: ingest.dsn } }));
      expect(await arrived(sandbox, env)).toBe(0);
      write(`${project}/.claude/${name}`, "{}");
      expect(await arrived(sandbox, env)).toBe(1);
    }));

  test("variables and flags of ours do not", () =>
    inSandbox(async (sandbox) => {
      expect(await arrived(sandbox, { STATUSLINE_DSN: ingest.dsn })).toBe(0);
      const { stderr } = await sandbox.run("", { STATUSLINE_DSN: ingest.dsn }, ["config", "check"]);
      expect(stderr).toContain("STATUSLINE_DSN: reports.dsn cannot be set here");
    }));
});

test("a DSN that is no URL is a problem with file, line and field; nothing is sent", () =>
  inSandbox(async (sandbox) => {
    const text = configure(sandbox, { "reports.dsn": "sentry.example.org" });
    const { exitCode, stderr } = await sandbox.run("", {}, ["config", "check"]);
    const [line] = placeOf(text, "reports.dsn").split(":");
    expect(exitCode).toBe(1);
    expect(stderr).toStartWith(`${fileOf(sandbox, "user")}:${line}:`);
    expect(stderr).toContain('reports.dsn is "sentry.example.org"; expected https://KEY@HOST/PROJECT');
    logError(sandbox, "refresh", "timed out after 7 s");
    await refresh(sandbox);
    expect(existsSync(`${sandbox.health}/reports`)).toBe(false);
  }));

test("doctor says whether reports are on, where they go, and how many wait", () =>
  inSandbox(async (sandbox) => {
    makeWell(sandbox);
    const told = async (env: Record<string, string> = {}) => (await examined(sandbox, env)).of("reports");
    expect(await told()).toEqual(says("ok", "off: no errors are sent anywhere", ""));
    configure(sandbox, { "reports.dsn": NOBODY, "reports.sampleRate": 0 });
    expect(await told()).toEqual(says("ok", "on: errors are sent to 127.0.0.1:9; none waits", ""));
    await sandbox.settle();
    logError(sandbox, "refresh", "timed out after 7 s");
    await sandbox.settle(); // The row that doctor runs may have started a refresher.
    const [check] = await told();
    expect(check?.message).toBe("on: errors are sent to 127.0.0.1:9; one waits");
    configure(sandbox, {});
    expect(await told({ SENTRY_DSN: "nonsense" })).toEqual(says("warning", "off: SENTRY_DSN is not a DSN"));
  }));
