import { describe, expect, test } from "bun:test";
import { press, START } from "../../src/configure/chooser.ts";
import { changes, ground, groundOf, here, pressed } from "./ground.ts";

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
    expect(here(pressed("separator", on), on)).toBe("dot");
  });

  test("a key without a name changes nothing", () => {
    expect(press(START, {}, ground)).toBe(START);
  });
});

describe("what is saved", () => {
  test.each<[string, object]>([
    ["x", {}],
    ["right left", {}],
    ["theme nord down", { theme: "dracula" }],
    ["theme down up", {}],
    ["down", { layout: "classic", lines: undefined }],
    ["icons down separator down", { icons: "emoji", separator: "dot" }],
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
