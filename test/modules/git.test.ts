import { expect, test } from "bun:test";
import { git } from "../../src/modules/git.ts";
import { shown } from "./shown.ts";

test("git: outside a repository there is nothing", async () => {
  expect(await shown(git, { cwd: "/nonexistent/folder" }, "pending")).toEqual([]);
});
