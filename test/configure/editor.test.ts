import { expect, test } from "bun:test";
import type { Key } from "node:readline";
import { type Editor, openEditor, pressKey } from "../../src/configure/editor.ts";
import { ground } from "./ground.ts";

const keyOf = (name: string): Key => {
  if (name === "?") return { sequence: "?" };
  if (name === "ctrl+c") return { name: "c", ctrl: true };
  return { name };
};
const after = (keys: string, from: Editor = openEditor(ground)) =>
  keys.split(" ").reduce((editor, key) => pressKey(editor, keyOf(key), ground), from);

test.each([
  ["escape", "discard"],
  ["q", "discard"],
  ["ctrl+c", "discard"],
  ["return", "save"],
  ["right down return", "save"],
  ["right down escape y", "discard"],
  ["right down escape s", "save"],
  ["right down ctrl+c ctrl+c", "discard"],
] as const)("%s: ends with %s", (keys, end) => {
  expect(after(keys).end).toBe(end);
});

test("leaving with changes asks, and nothing but an answer leaves", () => {
  for (const keys of ["right down escape", "right down q", "right down escape x", "right down escape down"])
    expect(after(keys)).toMatchObject({ screen: "leaving", end: null });
  for (const answer of ["n", "escape"]) {
    const editor = after(`right down escape ${answer}`);
    expect([editor.screen, editor.end, editor.chooser.draft.chosen.theme]).toEqual(["pages", null, "nord"]);
  }
});

test("changes that were undone are none", () => {
  expect(after("right down u escape").end).toBe("discard");
});

test("u undoes one change after the other, and comes back to where it was made", () => {
  const all = after("right down down left down");
  expect(all.chooser.draft.chosen).toMatchObject({ layout: "classic" });
  const undone = after("u", all);
  expect([undone.chooser.page, undone.chooser.draft.chosen.layout]).toEqual(["layout", undefined]);
  expect(after("u", undone).chooser.draft.chosen.theme).toBe("nord");
  expect(after("u u u u u u", undone).chooser.draft.chosen).toEqual({});
});

test("r resets to what was configured, and u takes that back", () => {
  const reset = after("right down r");
  expect([reset.chooser.page, reset.chooser.draft.chosen]).toEqual(["theme", {}]);
  expect(after("u", reset).chooser.draft.chosen.theme).toBe("nord");
  expect(after("r escape").end).toBe("discard");
});

test("? shows the keys, and any key goes back without doing anything else", () => {
  const editor = after("right down");
  for (const key of ["escape", "return", "q", "u", "down"]) {
    expect(after(`? ${key}`, editor)).toEqual(editor);
  }
});
