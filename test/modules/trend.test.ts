import { expect, test } from "bun:test";
import { root } from "../../build/compile.ts";
import { trend } from "../../src/modules/trend.ts";
import { parseSession } from "../../src/parse-session.ts";
import { validate } from "../../src/refresher/fetch.ts";
import { asking, NOW, settingsFor, shown, worldAt } from "./shown.ts";

test.each([
  ["not asked for yet", "pending", []],
  ["of which nothing is known", null, []],
  ["without a reply", [], []],
  ["of one reply has no direction yet", [5000], []],
  ["of two", [0, 20_000], ["▁█ +20k", "▁█"]],
  ["that went back", [20_000, 10_000], ["█▅ -10k", "█▅"]],
  ["that stands still", [7000, 7000], ["██ +0", "██"]],
  [
    "of many is cut at its beginning in less room",
    [1, 2, 3, 4, 5, 6, 7, 8].map((n) => n * 1000),
    ["▂▃▄▅▅▆▇█ +1k", "▄▅▅▆▇█"],
  ],
] as const)("growth %s", (_, growth, forms) => {
  expect(shown(trend, {}, growth)).toEqual([...forms]);
});

test("growth is the session's own, read from its transcript", async () => {
  const key = (document: object) =>
    trend.key?.(parseSession(JSON.stringify(document)), worldAt(NOW), settingsFor(trend));
  expect(key({ session_id: "s", transcript_path: "/t.jsonl" })).toBe("trend:s");
  expect(key({ session_id: "s" })).toBeNull();
  expect(key({ transcript_path: "/t.jsonl" })).toBeNull();

  const transcript_path = `${root}test/fixtures/captures/transcript.jsonl`;
  const session = parseSession(JSON.stringify({ session_id: "s", transcript_path }));
  const growth = await trend.fetch?.(asking(trend, session, worldAt(NOW)));
  expect(growth?.at(-1)).toBe(26_517);
  expect(validate(trend, growth, session).valid).toBe(true);
});
