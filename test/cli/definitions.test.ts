import { describe, expect, test } from "bun:test";
import { program } from "../../src/cli/definitions.ts";
import { all, find, syntaxOf, usageOf } from "../../src/cli/usage.ts";
import { commands } from "../../src/dispatch.ts";

describe("the definitions", () => {
  test("name what can be run", () => {
    const named = Object.keys(commands).filter((name) => !name.startsWith("-"));
    // These are no commands: one makes a world of its own, the other chooses the world of a command.
    const own = ["--timings", "--account"];
    const options = [...Object.keys(commands).filter((name) => name.startsWith("-")), ...own];
    const defined = (program.subcommands ?? []).map(({ name }) => name);
    expect(named.sort()).toEqual(defined.sort());
    expect(options.sort()).toEqual([...(program.options ?? []).map(({ name }) => name), "-h"].sort());
  });

  test.each(all())("$path: a name once, a summary in one line, examples that it takes", (found) => {
    const { definition, path } = found;
    const { subcommands = [], options = [], examples = [], arguments: values = [] } = definition;
    for (const names of [subcommands, options].map((each) => each.map(({ name }) => name)))
      expect(names).toEqual([...new Set(names)]);
    if (path.length === 1) expect([path, examples.length > 0]).toEqual([path, true]);
    expect(definition.summary).toMatch(/^[a-z][^\n]{5,80}[^.]$/);
    for (const option of options) expect(option.name).toMatch(/^--[a-z-]+$/);
    for (const { name } of values) expect(name).toMatch(/^[A-Z]+$/);
    for (const [line] of examples) {
      const way = find(line.split(" "));
      expect(way.path.slice(0, path.length)).toEqual([...path]);
      const known = new Set(all(way.definition).flatMap((each) => each.definition.options ?? []));
      for (const [, name] of line.matchAll(/ (--[a-z]+)(?= |$)/g))
        expect([line, [...known].map((each) => each.name)]).toEqual([line, expect.arrayContaining([name])]);
    }
  });

  test("usage is one line, with every subcommand", () => {
    expect(usageOf("config", "set")).toBe("usage: statusline config set KEY VALUE");
    expect(usageOf("state", "cleanup")).toBe("usage: statusline state cleanup [--days DAYS] [--dry-run]");
    expect(usageOf("state")).toContain("| label PROFILE TEXT | migrate [--dry-run] |");
    expect(syntaxOf(find(["help"]).definition)).toBe("[COMMAND]");
  });
});
