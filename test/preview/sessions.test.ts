import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { parseSession } from "../../src/parse-session.ts";
import { documents, NOW } from "../../src/preview/sessions.ts";

const SAMPLES = `${root}src/preview/sessions`;
const CAPTURES = `${root}test/fixtures/captures`;
const FROM: Readonly<Record<string, string>> = {
  "after-first-reply.json": "stdin-02-after-first-reply.json",
  "after-compact.json": "stdin-05-after-compact.json",
  "worktree.json": "stdin-worktree.json",
};

test.each(readdirSync(SAMPLES))("%s is a capture, byte for byte", (name) => {
  const capture = readFileSync(`${CAPTURES}/${FROM[name]}`);
  expect(readFileSync(`${SAMPLES}/${name}`).equals(capture)).toBe(true);
});

test("all samples are sessions, at a moment that does not move", () => {
  for (const document of Object.values(documents)) {
    const { sessionId, projectDir, model } = parseSession(JSON.stringify(document), {});
    expect([sessionId, projectDir, model?.id].map((each) => typeof each)).toEqual([
      "string",
      "string",
      "string",
    ]);
  }
  expect(new Date(NOW).getTime()).toBe(NOW);
});
