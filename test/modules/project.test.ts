import { describe, expect, test } from "bun:test";
import { project } from "../../src/modules/project.ts";
import { formsOf, linkOf, shown } from "./shown.ts";

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
  ])("%j", (session, forms) => {
    expect(shown(project, session, null)).toEqual(forms);
  });

  const repo = { host: "github.com", owner: "acme", name: "widgets" };
  test.each([
    ["the repository's page", { cwd: "/w/widgets", workspace: { repo } }, "https://github.com/acme/widgets"],
    ["the folder where there is no such page", { cwd: "/w/my widgets" }, "file:///w/my%20widgets"],
    ["the folder that the session works in", at("/w/widgets", "/w/widgets/src"), "file:///w/widgets/src"],
  ])("is linked to %s", (_, session, link) => {
    for (const [name] of formsOf(project, session, null)) expect(linkOf(name)).toBe(link);
  });
});
