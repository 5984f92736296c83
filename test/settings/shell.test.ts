import { expect, test } from "bun:test";
import fc from "fast-check";
import { programWord, quoted } from "../../src/settings/shell.ts";

test.each([
  ["statusline", "statusline"],
  ["  /opt/a/statusline --theme=nord", "/opt/a/statusline"],
  ["~/.local/bin/statusline", "/home/me/.local/bin/statusline"],
  ["$HOME/bin/x y", "/home/me/bin/x"],
  ["${" + "HOME}/bin/x", "/home/me/bin/x"],
  ['"$HOME/my bin/x" y', "/home/me/my bin/x"],
  ["'/a b/x' y", "/a b/x"],
  ["/a\\ b/x y", "/a b/x"],
  [`'/it'\\''s'/"x \\"y"`, "/it's/x \"y"],
  ["A=1 B='2 3' exec /x -y", "/x"],
  ["x;y", "x"],
  ["x|y", "x"],
  ["x>y", "x"],
  ["/ü/x", "/ü/x"],
])("%p runs %p", (command, program) => {
  expect(programWord(command, "/home/me")?.text).toBe(program);
});

test.each([
  "",
  "  ",
  "$X/y",
  "$(which x)",
  "`x`",
  "x$Y",
  "*/x",
  "(x)",
  "; x",
  "'open",
  "~me/x*",
  "$HOMEX/x",
  "{ x; }",
  "! x",
])("%p takes a shell to tell", (command) => expect(programWord(command, "/home/me")).toBeNull());

test("what is quoted is one word to a shell, and to us", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[^\0]{1,20}$/), (text) => {
      const well = `/${text.toWellFormed()}`;
      const { stdout } = Bun.spawnSync(["/bin/sh", "-c", `printf %s ${quoted(well)}`]);
      expect(stdout.toString()).toBe(well);
      expect(programWord(`${quoted(well)} --flag`, "/home/me")?.text).toBe(well);
    }),
    {
      numRuns: 100,
      examples: [["/a/b"], ["it's"], ["/my programs/x"], ["$HOME `x`"], ["ü\n"], ["A= "], ["A=1"]],
    },
  );
});
