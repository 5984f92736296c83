import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { contextOfReplies, lastReply } from "../../src/sources/transcript.ts";
import { realWorld } from "../../src/world.ts";
import { Sandbox } from "../harness.ts";

const captured = readFileSync(new URL("../fixtures/captures/transcript.jsonl", import.meta.url), "utf8");

let sandbox: Sandbox;
let path: string;

beforeEach(() => {
  sandbox = new Sandbox();
  path = `${sandbox.path}/transcript.jsonl`;
  writeFileSync(path, captured);
});
afterEach(() => sandbox.remove());

const last = () => lastReply(path, realWorld(sandbox.env));

const usage = {
  input_tokens: 1,
  cache_creation_input_tokens: 20,
  cache_read_input_tokens: 300,
  output_tokens: 9,
};
const reply = (changes: object = {}, message: object = {}) =>
  JSON.stringify({
    type: "assistant",
    isSidechain: false,
    message: { model: "model-b", usage, ...message },
    ...changes,
  });
const compaction = JSON.stringify({ type: "system", subtype: "compact_boundary" });

/** The last captured reply, worked out from the capture itself. */
const capturedReply = (() => {
  const entries = captured
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { model, usage } = entries.findLast((entry) => entry.type === "assistant").message;
  return {
    model,
    contextTokens: usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens,
    outputTokens: usage.output_tokens,
  };
})();

test("the last reply of a real transcript is found", () => {
  expect(last()).toEqual(capturedReply);
  expect(capturedReply.model).toBe("claude-opus-5-5");
});

test("output is not in the window yet, and is counted apart", () => {
  writeFileSync(path, `${reply()}\n`);
  expect(last()).toMatchObject({ model: "model-b", contextTokens: 321 });
});

describe("what is added is passed over when it is", () => {
  test.each([
    ["half-written", reply().slice(0, -5)],
    ["half-written within a character", `{"type":"assistant","message":{"model":"m\ud83d`],
    ["of a sidechain", `${reply({ isSidechain: true })}\n`],
    ["the client's own", `${reply({}, { model: "<synthetic>" })}\n`],
    ["a reply without a model", `${reply({}, { model: null })}\n`],
    ["a reply without a message", `${reply({ message: null })}\n`],
    ["another system line", `${JSON.stringify({ type: "system", subtype: "turn_duration" })}\n`],
    [
      "a user's text that looks like a reply",
      `${JSON.stringify({ type: "user", message: { content: reply() } })}\n`,
    ],
    ["no JSON, or JSON of another kind", "garbage\n\n[]\nnull\n7\n{}\n"],
  ])("%s", (_, added) => {
    appendFileSync(path, added);
    expect(last()).toEqual(capturedReply);
  });
});

describe("a compaction", () => {
  test("makes the replies before it count no more", () => {
    appendFileSync(path, `${compaction}\n`);
    expect(last()).toBeNull();
  });

  test("does not hide a reply after it", () => {
    appendFileSync(path, `${compaction}\n${reply()}\n`);
    expect(last()?.model).toBe("model-b");
  });
});

describe("the tokens", () => {
  test.each([
    ["are unknown without usage", null, null],
    ["are unknown where none is a number", { input_tokens: "five" }, null],
    ["may be written as text", { input_tokens: "5" }, 5],
    ["are those that are known", { input_tokens: 5, cache_read_input_tokens: null }, 5],
    ["may be 0", { input_tokens: 0 }, 0],
  ])("%s", (_, used, contextTokens) => {
    writeFileSync(path, reply({}, { usage: used }));
    expect(last()).toMatchObject({ model: "model-b", contextTokens });
  });
});

test.each([
  ["no file", null],
  ["an empty file", ""],
  ["no reply yet", `${JSON.stringify({ type: "user", message: { content: "hi" } })}\n`],
])("%s is no reply", (_, text) => {
  if (text === null) path = `${sandbox.path}/none.jsonl`;
  else writeFileSync(path, text);
  expect(last()).toBeNull();
});

test("rows of hundreds of KB behind the last reply do not hide it, and a compaction among them does", () => {
  const blob = `${JSON.stringify({ type: "api-request-blob", text: '"assistant" '.repeat(70_000) })}\n`;
  writeFileSync(path, `${reply()}\n${blob}${blob}`);
  expect(last()).toMatchObject({ model: "model-b", contextTokens: 321 });
  writeFileSync(path, `${reply()}\n${blob}${compaction}\n${blob}`);
  expect(last()).toBeNull();
});

test("the end of a large file is enough, even where the tail begins within a line", () => {
  const filler = `${JSON.stringify({ type: "user", message: { content: "ü".repeat(300_000) } })}\n`;
  writeFileSync(path, `${filler}${filler}${reply()}\n`);
  expect(last()?.model).toBe("model-b");
});

describe("the tokens after each of the last replies", () => {
  const growth = (...lines: string[]) => {
    writeFileSync(path, lines.join("\n"));
    return contextOfReplies(path, realWorld(sandbox.env));
  };
  const used = (input_tokens: unknown, id?: string) => reply({}, { id, usage: { input_tokens } });

  test("of a real transcript end with the last reply's", () => {
    const all = contextOfReplies(path, realWorld(sandbox.env));
    expect(all.length).toBeGreaterThan(0);
    expect(all.at(-1)).toBe(capturedReply.contextTokens);
  });

  test.each<[string, readonly string[], readonly number[]]>([
    ["come oldest first", [used(1, "a"), used(2, "b"), used(3, "c")], [1, 2, 3]],
    ["count output as little as the last one does", [reply({}, { id: "a" })], [321]],
    ["come once for all parts of a reply, as the last part says", [used(1, "a"), used(2, "a")], [2]],
    [
      "come once where a tool's result stands between its parts",
      [used(1, "a"), JSON.stringify({ type: "user" }), used(1, "a"), used(2, "b")],
      [1, 2],
    ],
    ["come each where replies have no id", [used(1), used(2)], [1, 2]],
    ["begin anew with a compaction", [used(9, "a"), compaction, used(1, "b"), used(2, "c")], [1, 2]],
    ["are none right after a compaction", [used(9, "a"), compaction], []],
    ["leave out sidechains", [used(1, "a"), reply({ isSidechain: true }), used(2, "b")], [1, 2]],
    ["leave out the client's own", [used(1, "a"), reply({}, { model: "<synthetic>" })], [1]],
    ["leave out what is unknown", [used(1, "a"), used("two", "b")], [1]],
    ["leave out what is half-written, or no JSON", ["x", used(1, "a"), used(2, "b").slice(0, -3)], [1]],
  ])("%s", (_, lines, expected) => {
    expect(growth(...lines)).toEqual([...expected]);
  });

  test("are those of the last twelve", () => {
    const lines = Array.from({ length: 30 }, (_, n) => used(n, `r${n}`));
    expect(growth(...lines)).toEqual(Array.from({ length: 12 }, (_, n) => n + 18));
  });

  test("are none without a file", () => {
    path = `${sandbox.path}/none.jsonl`;
    expect(contextOfReplies(path, realWorld(sandbox.env))).toEqual([]);
  });
});
