import { describe, expect, test } from "bun:test";
import { press, rowsOf, START } from "../../src/configure/page-keys.ts";
import { changes, ground, groundOf, here, pressed, shownWith } from "./ground.ts";

describe("keys", () => {
  test.each([
    ["down", "layout", "classic"],
    ["up", "layout", "full"],
    ["down up", "layout", "default"],
    ["j j k", "layout", "classic"],
    ["right", "theme", "calm"],
    ["tab", "theme", "calm"],
    ["left", "modules", "project"],
    ["right right right right right", "layout", "default"],
    ["right down right left", "theme", "nord"],
    ["modules down", "modules", "git"],
    ["modules up", "modules", "version"],
    ["x", "layout", "default"],
    ["space", "layout", "default"],
    ["shift+down", "layout", "default"],
  ])("%s: on page %s, at %s", (keys, page, name) => {
    const chooser = pressed(keys);
    expect([chooser.page as string, here(chooser)]).toEqual([page, name]);
  });

  test("a page opens at what is configured", async () => {
    const on = await groundOf({ theme: "okabe", layout: "minimal" });
    expect(here(pressed("layout", on), on)).toBe("minimal");
    expect(here(pressed("theme", on), on)).toBe("okabe");
    expect(here(pressed("separator", on), on)).toBe("layout's");
    expect(rowsOf(pressed("separator", on), on)[0]?.text).toContain("dot");
    const set = await groundOf({ layout: "minimal", separator: "slash" });
    expect(here(pressed("separator", set), set)).toBe("slash");
  });

  test("a key without a name changes nothing", () => {
    expect(press(START, {}, ground)).toBe(START);
  });
});

test("the pages of icons and separators show what the chosen layout brings", () => {
  const first = (keys: string) => rowsOf(pressed(keys), ground)[0];
  expect(first("icons")).toMatchObject({ text: "what the layout uses: none", on: true });
  expect(first("layout down icons")).toMatchObject({ text: "what the layout uses: emoji", on: true });
  expect(first("layout powerline down up separator")).toMatchObject({ on: true });
  expect(first("layout powerline down up separator")?.text).toContain("powerline");
});

test("what was set goes back to the layout's own", async () => {
  const on = await groundOf({ icons: "nerd" });
  expect(changes("icons layout's down up", on)).toEqual({ icons: undefined });
  expect(await shownWith("icons layout's down up", { icons: "nerd" })).toContain("project git");
});

test("a module's side is left, middle, right, left", () => {
  const sides = ["git", "git a", "git a a", "git a a a"].map((keys) => {
    const chooser = pressed(`modules ${keys}`);
    expect(here(chooser)).toBe("git");
    return rowsOf(chooser, ground)[chooser.selected]?.text.split(/ +/)[2];
  });
  expect(sides).toEqual(["left", "middle", "right", "left"]);
});

describe("what is saved", () => {
  test.each<[string, object]>([
    ["x", {}],
    ["right left", {}],
    ["theme nord down", { theme: "dracula" }],
    ["theme down up", {}],
    ["down", { layout: "classic", lines: undefined }],
    ["icons down down separator down down", { icons: "emoji", separator: "dot" }],
    ["icons down", {}],
    ["icons emoji down up", { icons: "emoji" }],
    // The layout's own value need not be set, and another one has to be.
    ["layout down icons emoji down up", { layout: "classic", lines: undefined }],
    ["layout down icons emoji up", { layout: "classic", lines: undefined, icons: "none" }],
    ["modules git a", { lines: expect.any(Array) }],
    ["modules trend a", {}],
    [
      "down modules git space",
      {
        layout: "classic",
        lines: [
          ["project", "model", "context", "account", "time"],
          ["block", "limits", "cost", "weekly"],
        ],
      },
    ],
    [
      "down modules time shift+down",
      {
        layout: "classic",
        lines: [
          ["project", "git", "model", "context", "account"],
          ["time", "block", "limits", "cost", "weekly"],
        ],
      },
    ],
    ["modules git space down down", { lines: expect.any(Array) }],
    ["modules git space layout down", { layout: "classic", lines: undefined }],
  ])("after %s", (keys, expected) => {
    expect(changes(keys)).toEqual(expected as never);
  });
});
