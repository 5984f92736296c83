import { afterAll, expect, test } from "bun:test";
import { width } from "../../src/lib/text.ts";
import { Sandbox, sessionIn } from "../harness.ts";
import { configure, newId, rendered } from "./configured.ts";

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());

const ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6";
const rowOf = async (model: object, env = {}) =>
  (await sandbox.lines(sessionIn(`${sandbox.path}/proj`, newId(), { model }), env)).join("\n");

test.each([
  ["us.anthropic.claude-sonnet-4-5-20250929-v1:0", "Sonnet 4.5"],
  ["claude-opus-4-5@20251101", "Opus 4.5"],
  ["arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-6-v1", "Opus 4.6"],
  ["anthropic/claude-3-5-haiku-20241022", "Haiku 3.5"],
  ["claude-opus-5-5[1m]", "Opus 5.5"],
  [ARN, "a1b2c3d4e5f6"],
  [`${ARN}a1b2c3d4e5f6a1b2c3d4e5f6`, "a1b2c3d4e5f6a1b2c3d4e5f…"],
])("%s is %s", async (id, name) => {
  for (const model of [{ id }, { id, display_name: id }])
    expect(await rowOf(model)).toContain(`│  ${name}  │`);
});

test("a long name leaves the other parts their room", async () => {
  const display_name = "a model of a gateway with a name that fills the whole row of this terminal";
  for (const COLUMNS of ["60", "80", "104"]) {
    const [long = "", short = ""] = await Promise.all(
      [display_name, "Opus 5.5"].map((name) => rowOf({ display_name: name }, { COLUMNS })),
    );
    for (const row of long.split("\n")) expect(width(row)).toBeLessThanOrEqual(Number(COLUMNS));
    expect(long).toContain("proj");
    expect(long).toContain("23.1k/1M");
    expect(long.split("\n")).toHaveLength(short.split("\n").length);
  }
});

test("a person names models, by id or by what the client shows", async () => {
  configure(sandbox, { "modules.model.names": { [ARN]: "Ours", "Opus 5.5": "O" } });
  expect(await rowOf({ id: ARN, display_name: ARN })).toContain("│  Ours  │");
  expect(await rowOf({ id: "claude-opus-5-5", display_name: "Opus 5.5" })).toContain("│  O  │");
  expect(await rowOf({ id: "claude-opus-5", display_name: "Opus 5" })).toContain("│  Opus 5  │");
});

test("the names may be a variable or a flag, but not a project's", async () => {
  const document = sessionIn(sandbox.path, newId(), { model: { id: ARN } });
  configure(sandbox, {});
  configure(sandbox, { "modules.model.names": { [ARN]: "Theirs" } }, "project");
  expect((await rendered(sandbox, document)).join("\n")).not.toContain("Theirs");
  const names = JSON.stringify({ [ARN]: "Mine" });
  const env = { STATUSLINE_MODULE_MODEL_NAMES: names };
  expect((await rendered(sandbox, document, { env })).join("\n")).toContain("Mine");
  expect((await rendered(sandbox, document, { args: [`--names-model=${names}`] })).join("\n")).toContain(
    "Mine",
  );
});

test.each([
  ["text"],
  [["a"]],
  [{ a: 1 }],
  [{ a: "" }],
])("the names %j are refused with their place", async (value) => {
  configure(sandbox, { "modules.model.names": value });
  const { exitCode, stderr } = await sandbox.run("", {}, ["config", "check"]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/statusline\.user\.json:\d+:\d+: modules\.model\.names.*expected a JSON object/);
});

test("a name cannot write to the terminal", async () => {
  configure(sandbox, { "modules.model.names": { [ARN]: "a\u001b]0;b\u0007\u202ec" } });
  expect(await rowOf({ id: ARN })).not.toMatch(/[\u0007\u202e]|\u001b\]0/);
});
