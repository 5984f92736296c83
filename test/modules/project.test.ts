import { describe, expect, test } from "bun:test";
import { project } from "../../src/modules/project.ts";
import { shown } from "./shown.ts";

describe("project", () => {
  const at = (project_dir: string, current_dir: string) => ({ workspace: { project_dir, current_dir } });
  test.each([
    [at("/home/me/work/widgets", "/home/me/work/widgets"), ["widgets"]],
    [at("/w/widgets", "/w/widgets/src"), ["widgets/src", "widgets"]],
    [at("/w/widgets", "/w/widgets/src/lib"), ["widgets/src/lib", "widgets/…/lib", "widgets"]],
    [at("/w/widgets", "/w/widgets-two"), ["widgets-two"]],
    [at("/home/me", "/home/me"), ["~"]],
    [at("/home/me", "/home/me/notes"), ["~/notes", "~"]],
    [at("/w/widgets", "/home/me"), ["~"]],
    [at("/home/me/work", "/home/me"), ["~"]],
    [at("/home/merle", "/home/merle"), ["merle"]],
    [{ workspace: { project_dir: "/w/widgets" } }, ["widgets"]],
    [{ cwd: "/w/widgets" }, ["widgets"]],
    [
      at(`/w/${"a".repeat(30)}`, `/w/${"a".repeat(30)}`),
      ["a".repeat(30), `${"a".repeat(23)}…`, `${"a".repeat(11)}…`],
    ],
    [at("/", "/"), ["/"]],
    [at("/", "/etc"), ["/etc", "/"]],
    [at("/home/me/", "/home/me//"), ["~"]],
    [{}, []],
  ])("%j", async (session, forms) => {
    expect(await shown(project, session, null)).toEqual(forms);
  });
});
