import { expect, test } from "bun:test";
import { extrasOf } from "../../build/extras.ts";
import { binary, inSandbox } from "../harness.ts";

/** The extras of a program that does `script` when it is asked for one. */
async function extrasFrom(script: string) {
  const extras: { found?: Map<string, string>; error?: unknown } = {};
  await inSandbox(async (sandbox) => {
    sandbox.program("statusline", script);
    try {
      extras.found = extrasOf(`${sandbox.path}/bin/statusline`);
    } catch (error) {
      extras.error = error;
    }
  });
  return extras;
}

test("they are what the program prints, each under its name", async () => {
  const { found } = await extrasFrom('echo "$*"');
  expect(Object.fromEntries(found ?? [])).toEqual({
    "man/statusline.1": "man\n",
    "completions/statusline.bash": "completions bash\n",
    "completions/_statusline": "completions zsh\n",
    "completions/statusline.fish": "completions fish\n",
  });
});

test("what the program knows no command for is left out", async () => {
  const { found } = await extrasFrom('[ "$1" = man ] && exit 2; echo text');
  expect([...(found?.keys() ?? [])]).not.toContain("man/statusline.1");
  expect(found?.size).toBe(3);
});

test.each([
  ["a command that fails", "echo why >&2; exit 1", "statusline man: why"],
  ["a command that prints nothing", "exit 0", "statusline man: exited with 0"],
])("%s is an error", async (_, script, message) => {
  expect((await extrasFrom(script)).error).toMatchObject({ message: expect.stringContaining(message) });
});

test("the built program has them all", () => {
  const extras = extrasOf(binary);
  expect([...extras.keys()]).toEqual([
    "man/statusline.1",
    "completions/statusline.bash",
    "completions/_statusline",
    "completions/statusline.fish",
  ]);
  for (const [path, text] of extras) expect({ path, text: text.trim() }).not.toEqual({ path, text: "" });
});
