import { afterAll, describe, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { Sandbox, sessionIn } from "../harness.ts";
import { configure, later, newId } from "./configured.ts";

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());
configure(sandbox, { lines: [["project", "context", "limits", "model"]] });

const ENV = later(0);
const HOUR = 3_600_000;
const NOW = Number(ENV.STATUSLINE_NOW);

/** A document of a session in the sandbox's folder. */
const documentOf = (changes: Record<string, unknown> = {}) =>
  sessionIn(`${sandbox.path}/proj`, newId(), changes);
const rowOf = async (document: object, env = {}) =>
  (await sandbox.lines(document, { ...ENV, ...env })).join("\n");

const window = (size: unknown, tokens: unknown, percent: unknown, output: unknown = 0) => ({
  context_window: {
    context_window_size: size,
    current_usage: tokens === null ? null : { input_tokens: tokens, output_tokens: output },
    used_percentage: percent,
  },
});

describe("the context window", () => {
  test.each([
    ["a percentage that the tokens contradict", window(1_000_000, 77_000, 68), "8% 77k/1M ·", "68"],
    ["fewer tokens than the percentage says", window(200_000, 150_000, 3), "75% 150k/200k ·", "3"],
  ])("%s: the tokens count", async (_, document, text) => {
    expect(await rowOf(documentOf(document))).toContain(text);
  });

  test("more tokens than fit are shown alone, without the size and percentage that contradict them", async () => {
    const row = await rowOf(documentOf(window(1_000_000, 5_000_000, 2)));
    expect(row).toContain("5M tokens");
    expect(row).not.toMatch(/%|\/1M/);
  });

  test.each([0, -200_000, "0"])("a window of %j has no size", async (size) => {
    const row = await rowOf(documentOf(window(size, 50_000, 25)));
    expect(row).toContain("25%");
    expect(row).not.toMatch(/\/-?\d|NaN|Infinity/);
  });

  test("numbers may be written as text", async () => {
    expect(await rowOf(documentOf(window("200000", "50000", "25", "100")))).toContain(
      "25% 50k/200k · 117k until compaction",
    );
  });

  test.each([
    [199_200, 100, "99%"],
    [800, 0, "<1%"],
    [200_000, 100, "100%"],
    [0, 0, "0%"],
  ])("%i of 200,000 tokens are %i %% to the client and %s here", async (tokens, percent, text) => {
    expect(await rowOf(documentOf(window(200_000, tokens, percent)))).toContain(` ${text} `);
  });
});

describe("a resumed session", () => {
  const usage = { input_tokens: "3400", cache_creation_input_tokens: 0, cache_read_input_tokens: 80_000 };
  const line = (fields: object) => `${JSON.stringify(fields)}\n`;
  const reply = line({
    type: "assistant",
    message: { id: "m", model: "claude-opus-5-5", usage: { ...usage, output_tokens: 100 } },
  });
  const compaction = line({ type: "system", subtype: "compact_boundary" });
  const resumed = (text: string, changes: object) => {
    const transcript = `${sandbox.path}/${newId()}.jsonl`;
    writeFileSync(transcript, text);
    return { transcript, document: documentOf({ ...changes, transcript_path: transcript }) };
  };

  test.each([
    ["nothing", window(200_000, null, null)],
    ["zeros", window(200_000, 0, 0)],
  ])("of which the client says %s shows the last reply of its transcript, marked", async (_, changes) => {
    const { document } = resumed(reply, changes);
    expect(await rowOf(document)).toContain("42% 83.4k/200k* · 83.5k until compaction");
  });

  test("shows a reply that is written after the first row", async () => {
    const { document, transcript } = resumed("", window(200_000, null, null));
    expect(await rowOf(document)).toContain("–/200k");
    writeFileSync(transcript, reply);
    expect(await rowOf(document, later(1000))).toContain("42% 83.4k/200k*");
  });

  test("shows nothing from before a compaction", async () => {
    const { document } = resumed(reply + compaction, window(200_000, null, null));
    expect(await rowOf(document)).toContain("–/200k");
  });

  test("shows what the client says as soon as it does", async () => {
    const { document } = resumed(reply, window(200_000, 50_000, 25));
    expect(await rowOf(document)).toContain("25% 50k/200k ·");
  });
});

describe("a limit", () => {
  const seconds = (NOW + 2 * HOUR) / 1000;
  test.each([
    ["seconds", seconds],
    ["seconds as text", String(seconds)],
    ["milliseconds", seconds * 1000],
    ["ISO text", new Date(seconds * 1000).toISOString()],
    ["ISO text with a zone", new Date(seconds * 1000 + HOUR).toISOString().replace("Z", "+01:00")],
  ])("is reset at a time in %s", async (_, resets_at) => {
    const row = await rowOf(documentOf({ rate_limits: { five_hour: { used_percentage: 99.6, resets_at } } }));
    expect(row).toContain("5h 99% ↻2h");
  });

  test.each([
    "soon",
    -5,
    7,
    1e18,
    true,
    {},
    null,
  ])("whose reset is %j is shown without one", async (resets_at) => {
    const row = await rowOf(documentOf({ rate_limits: { seven_day: { used_percentage: "41", resets_at } } }));
    expect(row).toMatch(/7d 41%(?! ↻)/);
  });
});

test.each([
  ["\\\\wsl.localhost\\Ubuntu\\home\\me\\proj", "proj"],
  ["\\\\wsl$\\Ubuntu\\home\\me\\my proj\\", "my proj"],
  ["C:\\Users\\me\\proj", "proj"],
])("the project in %s is %s", async (folder, name) => {
  const row = await rowOf(
    documentOf({ cwd: folder, workspace: { current_dir: folder, project_dir: folder } }),
  );
  expect(row).toStartWith(`${name}  │`);
});

test("the folder below such a project is shown too", async () => {
  const project_dir = "\\\\wsl.localhost\\Ubuntu\\home\\me\\proj";
  const row = await rowOf(documentOf({ workspace: { project_dir, current_dir: `${project_dir}\\src` } }));
  expect(row).toStartWith("proj/src  │");
});

describe("what contradicts itself is a warning of its session in", () => {
  const transcript = `${sandbox.path}/other-model.jsonl`;
  writeFileSync(
    transcript,
    `${JSON.stringify({ type: "assistant", message: { id: "m", model: "claude-haiku-4-5-20251001", usage: {} } })}\n`,
  );
  const cases: [string, Record<string, unknown>, string][] = [
    [newId(), window(1_000_000, 77_000, 68), "used_percentage is 68"],
    [newId(), window(1_000_000, 5_000_000, 2), "5000000 tokens do not fit a context window of 1000000"],
    [newId(), window(-1, 5000, 2), "context_window_size is -1"],
    ["not-a-uuid", {}, "session_id is not a UUID"],
    [
      newId(),
      { transcript_path: transcript },
      "the last reply in the transcript is by claude-haiku-4-5-20251001",
    ],
  ];
  const back = newId();
  const worked = (total_duration_ms: number) =>
    sessionIn(`${sandbox.path}/proj`, back, { cost: { total_cost_usd: 1, total_duration_ms } });

  test("doctor and state", async () => {
    for (const [id, changes] of cases) await sandbox.lines(sessionIn(`${sandbox.path}/proj`, id, changes));
    await sandbox.lines(worked(900_000));
    await sandbox.settle();
    await sandbox.lines({ ...worked(5000), version: "2.1.332" });
    for (const [id, changes] of cases) await sandbox.lines(sessionIn(`${sandbox.path}/proj`, id, changes));
    await sandbox.settle();
    const { stdout: doctor } = await sandbox.run("", {}, ["doctor"]);
    const { stdout: table } = await sandbox.run("", {}, ["state"]);
    const { stdout: json } = await sandbox.run("", {}, ["state", "--json"]);
    const issues = new Map<string, string>(
      JSON.parse(json).sessions.map((session: { sessionId: string; health: { issues: string[] } }) => [
        session.sessionId,
        session.health.issues.join("\n"),
      ]),
    );
    for (const [id, , text] of [
      ...cases,
      [back, {}, "total_duration_ms went back from 900000 to 5000"] as const,
    ]) {
      expect(issues.get(id)).toContain(text);
      expect(table).toMatch(new RegExp(`^${id.slice(0, 8)} .*(critical|warning) .*${text}`, "m"));
      expect(doctor).toMatch(new RegExp(`session.*${id}: .*${text}`));
    }
    expect(readFileSync(`${sandbox.health}/runtime-state.yaml`, "utf8")).toContain("invalidValues");
  });
});
