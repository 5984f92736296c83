import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { appendFileSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { type TranscriptFacts, transcriptFacts } from "../../src/sources/transcript-facts.ts";
import { realWorld } from "../../src/world.ts";
import { Sandbox } from "../harness.ts";

const captured = readFileSync(new URL("../fixtures/captures/transcript.jsonl", import.meta.url), "utf8");

let sandbox: Sandbox;
let path: string;

beforeEach(() => {
  sandbox = new Sandbox();
  path = `${sandbox.path}/transcript.jsonl`;
});
afterEach(() => sandbox.remove());

const facts = (before: TranscriptFacts | null = null) =>
  transcriptFacts(path, realWorld(sandbox.env), before);

const line = (entry: object) => `${JSON.stringify(entry)}\n`;
const user = (content: unknown, changes: object = {}) =>
  line({ type: "user", message: { content }, ...changes });
const reply = (id: string, text: string, changes: object = {}) =>
  line({ type: "assistant", message: { id, content: [{ type: "text", text }] }, ...changes });

test("no file is no facts", async () => {
  expect(await facts()).toMatchObject({ exists: false, sizeBytes: 0, messageCount: 0 });
});

test("a real transcript is read to its end", async () => {
  writeFileSync(path, captured);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  expect(await facts()).toMatchObject({
    exists: true,
    sizeBytes: Buffer.byteLength(captured),
    readBytes: Buffer.byteLength(captured),
    lastModified: 1_700_000_000_000,
    lastMessageId: "msg_01qjktrxoXsDxKNtVx",
    lastMessagePreview: "Hello from the fake API, turn 5.",
    secretTypes: [],
  });
});

describe("counting", () => {
  test.each<[string, string, number]>([
    ["person and model", user("a") + reply("1", "b") + user("c"), 3],
    ["a reply of several lines once", user("a") + reply("1", "b") + reply("1", "c") + reply("2", "d"), 3],
    [
      "a reply once where a tool's result stands between its lines",
      reply("1", "b") + user([{ type: "tool_result", content: "x" }]) + reply("1", "c"),
      2,
    ],
    ["messages without an id, each", user("a") + user("b"), 2],
    ["no sidechain", user("a") + reply("1", "b", { isSidechain: true }), 1],
    [
      "no other lines",
      line({ type: "system" }) + line({ type: "mode", a: { type: "user" } }) + line([]) + "x\n".repeat(2),
      0,
    ],
    ["lines of any width, in any script", user("日本語 ü 😀".repeat(1000)) + user("b"), 2],
  ])("counts %s", async (_, text, count) => {
    writeFileSync(path, text);
    expect((await facts()).messageCount).toBe(count);
  });
});

describe("reading on", () => {
  test("counts only what is new", async () => {
    writeFileSync(path, user("a") + reply("1", "b"));
    const before = await facts();
    appendFileSync(path, reply("2", "c"));
    // Had it read from the start, the count of the one before would be lost.
    const after = await facts({ ...before, messageCount: 100 });
    expect(after).toMatchObject({ messageCount: 101, lastMessageId: "2", lastMessagePreview: "c" });
    expect(after.readBytes).toBe(statSync(path).size);
  });

  test("counts nothing where nothing is new", async () => {
    writeFileSync(path, user("a") + reply("1", "b"));
    const before = await facts();
    expect(await facts(before)).toEqual(before);
  });

  test("counts a reply once that began before", async () => {
    writeFileSync(path, reply("1", "b"));
    const before = await facts();
    appendFileSync(path, reply("1", "c"));
    expect(await facts(before)).toMatchObject({ messageCount: 1, lastMessagePreview: "c" });
  });

  test("leaves a half-written line for the next time, cut anywhere", async () => {
    const whole = reply("2", "ü😀 end");
    const bytes = Buffer.from(whole);
    for (const cut of [1, 20, bytes.indexOf("ü") + 1, bytes.length - 1]) {
      writeFileSync(path, user("a"));
      appendFileSync(path, bytes.subarray(0, cut));
      const before = await facts();
      expect(before).toMatchObject({ messageCount: 1, readBytes: Buffer.byteLength(user("a")) });
      appendFileSync(path, bytes.subarray(cut));
      expect(await facts(before)).toMatchObject({ messageCount: 2, lastMessagePreview: "ü😀 end" });
    }
  });

  test("begins anew with a file that has shrunk", async () => {
    writeFileSync(path, user("a") + user("b") + user("c"));
    const before = await facts();
    writeFileSync(path, user("z"));
    expect(await facts(before)).toEqual(await facts());
    expect(await facts(before)).toMatchObject({ messageCount: 1, lastMessagePreview: "z" });
  });

  test("forgets all of a file that is gone", async () => {
    writeFileSync(path, user("a"));
    const before = await facts();
    path = `${sandbox.path}/none`;
    expect(await facts(before)).toMatchObject({ exists: false, messageCount: 0, lastMessagePreview: "" });
  });

  test("goes on after a line too long to hold", async () => {
    writeFileSync(path, user("x".repeat(9 * 1024 * 1024)) + reply("1", "after"));
    expect(await facts()).toMatchObject({ lastMessagePreview: "after", readBytes: statSync(path).size });
  });
});

describe("the preview", () => {
  test.each<[string, string, string]>([
    ["is one line", user("a\n\n b\tc "), "a b c"],
    ["is the beginning", user("x".repeat(500)), "x".repeat(80)],
    ["stays where the last message has no text", user("a") + user([{ type: "tool_result" }]), "a"],
    ["is empty without messages", line({ type: "system" }), ""],
  ])("%s", async (_, text, preview) => {
    writeFileSync(path, text);
    expect((await facts()).lastMessagePreview).toBe(preview);
  });
});

describe("a secret", () => {
  // Put together here, so that no scanner takes this file for a leak.
  test.each([
    ["anthropic-key", `sk-${"ant"}-api03-${"x".repeat(40)}`],
    ["github-token", `gh${"p"}_${"a1".repeat(18)}`],
    ["aws-access-key", `AK${"IA"}ABCDEFGHIJKLMNOP`],
    ["slack-token", `xo${"xb"}-123456789012-abc`],
    ["private-key", `-----BEGIN RSA ${"PRIVATE"} KEY-----\nMIIE`],
    ["private-key", `-----BEGIN ${"PRIVATE"} KEY-----`],
  ])("of the kind %s is told by its kind and kept out of the facts", async (kind, secret) => {
    for (const before of ["", "text long before ".repeat(5)]) {
      writeFileSync(path, user(`${before}my key is ${secret}`));
      const found = await facts();
      expect(found.secretTypes).toEqual([kind]);
      expect(found.lastMessagePreview).not.toContain("my key");
      expect(JSON.stringify(found)).not.toContain(secret.slice(0, 12));
    }
  });

  test("is remembered when reading on, and each kind is told once", async () => {
    const secret = `AK${"IA"}ABCDEFGHIJKLMNOP`;
    writeFileSync(path, user(secret) + user(secret));
    const before = await facts();
    appendFileSync(path, user("harmless") + user(`gh${"p"}_${"a1".repeat(18)} ${secret}`));
    expect((await facts(before)).secretTypes).toEqual(["aws-access-key", "github-token"]);
  });

  test("is not seen in ordinary words", async () => {
    writeFileSync(path, user("sk-ant is a prefix, AKIA too, ghp_short, BEGIN PRIVATE KEY"));
    expect((await facts()).secretTypes).toEqual([]);
  });
});
