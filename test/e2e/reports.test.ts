import { afterAll, beforeEach, expect, test } from "bun:test";
import { chmodSync, readFileSync, statSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { configure, newId, type Values, write } from "./configured.ts";
import { Ingest, logError, refresh, spooled } from "./ingest.ts";

const ingest = new Ingest();
afterAll(() => ingest.stop());
beforeEach(() => ingest.reset());

const BRANCH = "feature/acquisition-of-initech";
const TOKEN = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

const on = (values: Values = {}) => ({ "reports.dsn": ingest.dsn, "reports.sampleRate": 0, ...values });
/** The folder of a ccusage that cannot be started: the system's message has all of this in it. */
const secretFolder = ({ path }: Sandbox) =>
  `${path}/initech/${BRANCH}/${TOKEN}/${userInfo().username}@${hostname()}`;

const secrets = (sandbox: Sandbox, id: string) => [
  ...[BRANCH, TOKEN, "initech", "initrode", "session-health", "/home", "nonexistent"],
  ...[id, sandbox.path, `${userInfo().username}@${hostname()}`],
];

/** A session whose module `cost` fails like that. @returns the session's id */
async function failingCost(sandbox: Sandbox): Promise<string> {
  const folder = secretFolder(sandbox);
  write(`${folder}/ccusage`, "#!/nonexistent/interpreter\n");
  chmodSync(`${folder}/ccusage`, 0o755);
  sandbox.env.PATH = `${folder}:${sandbox.env.PATH}`;
  const id = newId();
  await sandbox.run(JSON.stringify(sessionIn(sandbox.repository("initrode", BRANCH), id)));
  await sandbox.settle();
  expect(sandbox.log()).toContain(`${folder}/ccusage`); // So that there is something to keep back.
  return id;
}

test("an error of a module arrives with what we know of it, and nothing that anybody else has named", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, on());
    const id = await failingCost(sandbox);
    const event = ingest.of("event").find(({ tags }) => tags.module === "cost");
    expect(event).toMatchObject({
      level: "error",
      release: expect.stringMatching(/^statusline@\d+\.\d+\.\d+$/),
      tags: {
        failedModules: "cost",
        session: expect.stringMatching(/^[0-9a-f]{16}$/),
        version: expect.stringMatching(/^\d/),
      },
      exception: { values: [{ type: "ENOENT", value: "no such file or directory{}" }] },
    });
    const { filename, lineno } = event?.exception.values[0]?.stacktrace?.frames.at(-1) ?? {};
    expect(filename).toBe("src/lib/exec.ts");
    expect(
      readFileSync(new URL(`../../${filename}`, import.meta.url), "utf8").split("\n")[(lineno ?? 0) - 1],
    ).toContain("Bun.spawn(");
    expect(ingest.requests[0]).toEqual({
      path: "/api/42/envelope/",
      auth: expect.stringContaining("sentry_key=public"),
    });
    const names = secrets(sandbox, id);
    for (const { text } of ingest.envelopes) for (const name of names) expect(text).not.toContain(name);
    expect(statSync(`${sandbox.health}/reports/salt`).mode & 0o777).toBe(0o600);
    expect(spooled(sandbox)).toEqual([]);
  }));

test("what is sent has these fields and no other", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, on());
    await failingCost(sandbox);
    for (const event of ingest.of("event")) {
      const fields = "contexts environment event_id exception level platform release tags timestamp";
      expect(Object.keys(event).sort()).toEqual(fields.split(" "));
      expect(Object.keys(event.contexts)).toEqual(["trace"]);
      expect(Object.keys(event.tags).sort()).toEqual(["failedModules", "module", "session", "version"]);
    }
    for (const { header } of ingest.envelopes)
      expect(Object.keys(header).sort()).toEqual(["event_id", "sent_at"]);
    expect(ingest.of("event").length).toBeGreaterThan(0);
  }));

test("errors that a render has logged are sent by the next refresher, once", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, on());
    await refresh(sandbox);
    logError(sandbox, "render", `git: /home/ann/${BRANCH}: permission denied`);
    logError(sandbox, "ann's secret", TOKEN);
    await refresh(sandbox);
    await refresh(sandbox);
    expect(
      ingest
        .of("event")
        .map(({ tags, exception }) => [tags.module, exception.values[0]?.value])
        .sort(),
    ).toEqual([
      ["git", "permission denied"],
      ["other", "a message that is not the program's own"],
    ]);
    for (const { text } of ingest.envelopes) expect(text).not.toMatch(/ann|feature|ghp/);
  }));

test("the timings of a share of the runs are sent", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, on({ "reports.sampleRate": 1 }));
    const id = await failingCost(sandbox);
    const [first] = ingest.of("transaction");
    expect(first).toMatchObject({
      transaction: "refresh",
      tags: { failedModules: "cost" },
    });
    const cost = first?.spans.find(({ description }) => description === "cost");
    expect(cost).toMatchObject({ op: "fetch", status: "internal_error" });
    expect(cost?.timestamp).toBeGreaterThanOrEqual(cost?.start_timestamp ?? Number.POSITIVE_INFINITY);
    for (const { text } of ingest.envelopes)
      for (const name of secrets(sandbox, id)) expect(text).not.toContain(name);
  }));

test("a share of 0 sends no timings; without an error nothing is sent at all", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, on({ lines: [["project", "git"]], "modules.cost.enabled": false }));
    await sandbox.run(JSON.stringify(sessionIn(sandbox.repository("fine"), newId())));
    await sandbox.settle();
    expect(sandbox.log()).toBe("");
    expect(ingest.requests).toEqual([]);
  }));

test("a session has the same hash in all its reports, on one machine", async () => {
  const id = newId();
  const hashes = async (sandbox: Sandbox) => {
    ingest.reset();
    configure(sandbox, on());
    await sandbox.run(JSON.stringify(sessionIn("/x/y", id)));
    await sandbox.settle();
    for (const seconds of [7, 8]) {
      logError(sandbox, "refresh", `timed out after ${seconds} s`);
      await refresh(sandbox);
    }
    return new Set(ingest.of("event").map(({ tags }) => tags.session));
  };
  const machines: string[] = [];
  for (let n = 0; n < 2; n++)
    await inSandbox(async (sandbox) => {
      const [hash = "", ...others] = await hashes(sandbox);
      expect([hash, others]).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), []]);
      machines.push(hash);
    });
  expect(machines[0]).not.toBe(machines[1] ?? "");
});
