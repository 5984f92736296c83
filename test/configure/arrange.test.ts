import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { accept } from "../../src/config/fields.ts";
import { changesOf, flagsOf, linesOf } from "../../src/configure/draft.ts";
import { press, rowsOf } from "../../src/configure/page-keys.ts";
import { modules } from "../../src/modules/all.ts";
import { configurationOf, field } from "../config/given.ts";
import { changes, ground, groundOf, here, pressed, shownWith } from "./ground.ts";

describe("a module", () => {
  const two = { lines: [["git", "cost"], ["time"]] };
  const off = { ...two, modules: { vim: { enabled: false } } };
  const on = { ...two, modules: { vim: { enabled: true } } };

  test.each<[string, object, string, string, object]>([
    ["goes off", two, "modules git space", "cost | time", {}],
    ["goes on at the end", two, "modules vim space", "git cost | time vim", {}],
    ["goes over to the next line", two, "modules cost shift+j", "git | cost time", {}],
    ["begins a line", two, "modules time shift+j shift+k", "git cost time", {}],
    ["that is off does not move", two, "modules vim shift+k", "git cost | time", {}],
    ["the last one cannot leave", { lines: [["git"]] }, "modules git space", "git", {}],
    [
      "that was switched off goes on",
      off,
      "modules vim space",
      "git cost | time vim",
      { "modules.vim.enabled": true },
    ],
    ["and off again", off, "modules vim space space", "git cost | time", {}],
    [
      "and on again",
      off,
      "modules vim space space space",
      "git cost | time vim",
      { "modules.vim.enabled": true },
    ],
    [
      "that was switched on goes off",
      on,
      "modules vim space",
      "git cost | time",
      { "modules.vim.enabled": false },
    ],
    ["and on again at its place", on, "modules vim space space", "git cost | time vim", {}],
  ])("%s", async (_, content, keys, shown, switched) => {
    expect(await shownWith(keys, content)).toBe(shown);
    const { lines, ...others } = changes(keys, await groundOf(content)) as { lines?: unknown };
    expect(others).toEqual(switched);
  });

  test("that is switched off is not on a chosen layout's lines, and goes on at their end", async () => {
    const content = { modules: { git: { enabled: false } } };
    const keys = "layout down down";
    expect(await shownWith(keys, content)).toBe("project context account cost");
    const on = await groundOf(content);
    const names = rowsOf(pressed(`${keys} modules`, on), on).filter((row) => row.on);
    expect(names.map(({ name }) => name)).toEqual(["project", "context", "account", "cost"]);
    expect(await shownWith(`${keys} modules git space`, content)).toBe("project context account cost git");
    expect(changes(`${keys} modules git space layout down`, on)).toEqual({
      layout: "powerline",
      lines: undefined,
    });
  });

  test("stays selected where it goes", () => {
    expect(here(pressed("modules git shift+down shift+down"))).toBe("git");
    expect(here(pressed("modules git space"))).toBe("git");
  });
});

test("any keys lead to lines that are never empty, and to changes that fit and show what was drawn", async () => {
  const key = fc.constantFrom(
    ..."up down left right space shift+up shift+down shift+j shift+k tab q modules".split(" "),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(key, { maxLength: 60 }), async (keys) => {
      const chooser = pressed(["x", ...keys].join(" "));
      const lines = linesOf(chooser.draft, ground.configured);
      expect(lines.length > 0 && lines.every((line) => line.length > 0)).toBe(true);
      const rows = rowsOf(chooser, ground);
      expect(rows[chooser.selected]).toBeDefined();
      expect(rows.filter(({ on }) => on).length).toBeGreaterThan(0);
      for (const { key, value } of changesOf(chooser.draft, ground.configuration))
        if (value !== undefined) expect(accept(field(key), value)).toEqual({ value });
      const { problems, effective } = await configurationOf(
        {},
        ...flagsOf(chooser.draft, ground.configuration),
      );
      expect(problems).toEqual([]);
      for (const { key, value } of changesOf(chooser.draft, ground.configuration))
        expect(effective.get(key)?.value).toEqual(value === undefined ? field(key).default : value);
    }),
    { numRuns: 60 },
  );
});

test("no more lines are made than a file may have", async () => {
  const on = await groundOf({ lines: [modules.map(({ moduleId }) => moduleId)] });
  let chooser = pressed("modules", on);
  for (const { moduleId } of modules)
    for (let times = 0; times < 60; times++) {
      const selected = rowsOf(chooser, on).findIndex(({ name }) => name === moduleId);
      chooser = press({ ...chooser, selected }, { name: "up", shift: true }, on);
    }
  const lines = linesOf(chooser.draft, on.configured);
  expect([lines.length, lines.flat().length]).toEqual([20, modules.length]);
  for (const { key, value } of changesOf(chooser.draft, on.configuration))
    expect(accept(field(key), value)).toEqual({ value });
});
