import { expect, test } from "bun:test";
import { checkState } from "../../src/state/check.ts";

const good = `authProfiles:
  - profileId: default
    label: Mine
sessions:
  - sessionId: a
    authProfile: default
    metadata: {gatheredAt: 1, lastActivity: 1}
`;

test("a good file, an empty one and one of comments have no problem", () => {
  for (const text of [good, "", "# only\n", "sessions: []\n", "metadata: # mine\nsessions:\n"])
    expect(checkState(text)).toEqual([]);
});

test.each([
  ["lastActivity: 1}", 'lastActivity: "x"}', 7, "sessions[0].metadata.lastActivity"],
  ["label: Mine", "label: 5", 3, "authProfiles[0].label"],
  ["authProfile: default", "authProfile: nobody", 6, "sessions[0].authProfile"],
  ["sessionId: a", "sessionId: ../x", 5, "sessions[0].sessionId"],
])("%s → %s is told with its place", (from, to, line, field) => {
  expect(checkState(good.replace(from, to))).toContainEqual(expect.objectContaining({ line, field }));
});

test("an id that is there twice", () => {
  const twice = good + good.slice(good.indexOf("  - sessionId"));
  expect(checkState(twice)).toEqual([expect.objectContaining({ line: 8, field: "sessions[1].sessionId" })]);
});

test.each([
  ["a: 1\na: 2\n", 2, "a"],
  [good.replace("label: Mine", "label: Mine\n    label: Yours"), 4, "authProfiles[0].label"],
  [
    good.replace("lastActivity: 1", "lastActivity: 1, lastActivity: 2"),
    7,
    "sessions[0].metadata.lastActivity",
  ],
])("a key that is there twice: %j", (text, line, field) => {
  const message = "is there twice, and its entry cannot always be updated; remove one of them";
  expect(checkState(text)).toEqual([expect.objectContaining({ line, field, message })]);
});

test.each([
  [good.replaceAll("\n", "\r"), 1, "authProfiles"],
  [good.replace("Mine\n", "Mine\r"), 3, "label"],
  [good.replaceAll("\n", "\r\n").replace("Mine\r\n", "Mine\r"), 3, "label"],
])("lines that end with CR alone: %j", (text, line, field) => {
  const message = expect.stringContaining("save the file with LF line endings");
  expect(checkState(text)).toEqual([expect.objectContaining({ line, field, message })]);
});

test("text that is no YAML is told with line and column", () => {
  expect(checkState("a: [1\nb: 2\n")).toEqual([expect.objectContaining({ line: 2, field: "" })]);
});

test("thousands of levels are refused at once, with the place; a hundred are not", () => {
  const deep = `authProfiles: []\nsessions: ${"[".repeat(200_000)}`;
  const start = performance.now();
  expect(checkState(deep)).toEqual([
    { line: 2, column: 111, field: "", message: "more than 100 levels of brackets" },
  ]);
  expect(performance.now() - start).toBeLessThan(1000);
  const own = `authProfiles: []\nsessions: []\nmine: ${"[".repeat(90)}${"]".repeat(90)}\n`;
  expect(checkState(own)).toEqual([]);
});
