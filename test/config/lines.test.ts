import { expect, test } from "bun:test";
import fc from "fast-check";
import { accept } from "../../src/config/fields.ts";
import { layoutOf, problemIn } from "../../src/config/lines.ts";
import { priorityOf } from "../../src/look/layouts.ts";
import { field, moduleIds } from "./given.ts";

test.each<[unknown, (string | number)[], string]>([
  ["git", [], "is not a list of lines"],
  [{}, [], "is not a list of lines"],
  [[], [], "has 0 lines"],
  [Array(21).fill([]), [], "has 21 lines"],
  [["git"], [0], "is not a line"],
  [[["git"], null], [1], "is not a line"],
  [[["git", 5]], [0, 1], "is not a module"],
  [[["git", null]], [0, 1], "is not a module"],
  [[[["git"]]], [0, 0], "is not a module"],
  [[["git", "gti"]], [0, 1], 'no module "gti"'],
  [[[{}]], [0, 0], "has no module"],
  [[[{ module: 5 }]], [0, 0], "has no module"],
  [[[{ module: "x" }]], [0, 0, "module"], 'no module "x"'],
  [[[{ module: "git", priority: -1 }]], [0, 0, "priority"], "is -1"],
  [[[{ module: "git", priority: "high" }]], [0, 0, "priority"], 'is "high"'],
  [[[{ module: "git", align: "centre" }]], [0, 0, "align"], 'no alignment "centre"'],
  [[[{ module: "git", algin: "left" }]], [0, 0, "algin"], 'unknown field "algin"'],
])("%j is wrong at %j: %s", (value, path, message) => {
  expect(problemIn(value, moduleIds)).toMatchObject({ path, message });
});

test.each<[unknown]>([
  [[["git"]]],
  [[[]]],
  [[["git", "git"], ["git"]]],
  [[[{ module: "git" }]]],
  [[[{ module: "git", priority: 0, align: "flex" }, "cost"]]],
  [[[{ module: "git", priority: 1000, align: "right" }]]],
  [Array(20).fill(["git"])],
])("%j is in order", (value) => {
  expect(problemIn(value, moduleIds)).toBeNull();
});

test("as a layout, lines have priorities and sides", () => {
  expect(
    layoutOf([
      ["git"],
      [
        { module: "cost", align: "right" },
        { module: "time", priority: 99 },
      ],
      [],
    ]),
  ).toEqual([
    [{ moduleId: "git", priority: priorityOf("git"), align: "left" }],
    [
      { moduleId: "cost", priority: priorityOf("cost"), align: "right" },
      { moduleId: "time", priority: 99, align: "left" },
    ],
    [],
  ]);
});

test("a fault in lines is told with the names that there are", () => {
  const fault = { message: 'no module "gti"', path: [0, 0], name: { given: "gti" } };
  expect(accept(field("lines"), [["gti"]])).toMatchObject({ fault });
});

test("any value is in order or told of, and what is in order is a layout", () => {
  const place = fc.oneof(
    fc.constantFrom<unknown>("git", "cost", "x", 5, null, { module: "git" }),
    fc.record({ module: fc.constantFrom("git", "x"), priority: fc.integer({ min: -1, max: 1001 }) }),
    fc.anything(),
  );
  fc.assert(
    fc.property(fc.oneof(fc.array(fc.oneof(fc.array(place), place)), fc.anything()), (value) => {
      const found = problemIn(value, moduleIds);
      if (found === null)
        layoutOf(value as string[][])
          .flat()
          .every(({ moduleId }) => moduleIds.includes(moduleId));
      else expect(found.message).not.toBe("");
    }),
  );
});
