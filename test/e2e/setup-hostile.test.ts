import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { inSandbox, type Sandbox } from "../harness.ts";
import { bytesOf, call, done, ENTRY, settingsOf, write } from "./setup-harness.ts";

const REFUSED: readonly (readonly [name: string, content: string | Uint8Array, message: string])[] = [
  ["cut off", '{\n  "model": "opus",\n  "statusLine": {"type": "comm', ":3:26: this is not JSON"],
  ["two status lines", '{"statusLine": null, "statusLine": {}}', ':1:22: "statusLine" is set twice'],
  ["a list", '[{"statusLine": {}}]', ":1:1: this is not a JSON object"],
  ["null", "null\n", ":1:1: this is not a JSON object"],
  ["a number", "1e9", ":1:1: this is not a JSON object"],
  ["a text", '"statusLine"', ":1:1: this is not a JSON object"],
  [
    "a comment",
    '{\n  // my settings\n  "model": "opus"\n}\n',
    ":2:3: this is not JSON: comments are not allowed",
  ],
  ["a comma too many", '{\n  "model": "opus",\n}\n', ":3:1: this is not JSON"],
  ["two objects", "{}\n{}", ":2:1: this is not JSON"],
  ["UTF-16 with its mark", Buffer.from('\ufeff{"model": "opus"}', "utf16le"), ":1:1: this is not UTF-8 text"],
  ["UTF-16 without one", Buffer.from('{"model": "opus"}', "utf16le"), ":1:2: this is not JSON"],
  ["NUL bytes behind it", "{}\0\0\0", ":1:3: this is not JSON"],
  ["NUL bytes only", "\0".repeat(4096), ":1:1: this is not JSON"],
  [
    "a raw lone surrogate",
    Buffer.from("7b22eda08022 3a317d".replace(" ", ""), "hex"),
    ":1:3: this is not UTF-8 text",
  ],
  ["deep nesting without an end", `{"a": ${"[".repeat(500_000)}`, ": this is not JSON"],
  ["single quotes", "{'statusLine': {}}", ":1:2: this is not JSON"],
  ["marks of a merge", '{\n<<<<<<< HEAD\n  "a": 1\n=======\n>>>>>>> b\n}', ":2:1: this is not JSON"],
];

const COMMAND = { type: "command", command: `echo "it's" '\n' $(ü) \u202e \u001b[31m \\ \u2028 😀` };
const ACCEPTED: readonly (readonly [name: string, text: string])[] = [
  ["5 MB", JSON.stringify({ a: Array(50_000).fill({ b: "x".repeat(90) }), z: 1 }, null, 2)],
  ["5 MB of blanks", `{${" ".repeat(5_000_000)}}`],
  ["deep nesting", `{"a": ${"[".repeat(100_000)}${"]".repeat(100_000)}, "b": 1}`],
  ["odd hooks", '{"hooks": {"Stop": [{"statusLine": {"command": "}{"}}], "": null, "]": "[\\"{"}}'],
  ["a status line that is a number", '{"statusLine": -0.0e1}'],
  ["a status line that is a list", '{"statusLine": [[{}]], "a": 1}'],
  ["a status line of wrong types", '{"statusLine": {"type": 1, "command": {"a": 2}, "padding": "x"}}'],
  ["a command with all that shells and terminals mind", JSON.stringify({ statusLine: COMMAND }, null, 3)],
  [
    "__proto__",
    '{"__proto__": {"statusLine": {"command": "x"}}, "constructor": {}, "a": {"__proto__": null}}',
  ],
  ["__proto__ in the status line", '{"statusLine": {"__proto__": {"command": "x"}}}'],
  [
    "escaped lone surrogates",
    '{"\\ud800": "\\udfff", "statusLine": {"command": "\\ud83d", "type": "command"}}',
  ],
  ["a key that is like it", '{"statusline": {}, "StatusLine": {}, "statusLine ": {}}'],
  ["numbers that cannot be kept", '{"a": 1e999, "b": 12345678901234567890123, "c": -0}'],
  ["equal names", '{"a": 1, "a": 2, "env": {"b": 1, "b": 2}}'],
  ["a mark in the middle", '{"a": "\ufeff"}'],
  ["Windows' line ends, tabs and no end", '{\r\n\t"a": [\r\n\t\t1\r\n\t]\r\n}'],
];

/** The names in the folder of the settings, and what stands in the settings. */
const state = (path: string) => [readdirSync(dirname(path)).sort(), bytesOf(path)];

describe("refused, and left alone:", () => {
  test.each(REFUSED)("%s", (_, content, message) =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), content);
      const before = state(path);
      for (const command of ["setup --yes", "setup --yes --keep", "uninstall --yes", "setup --dry-run"]) {
        const { exitCode, stdout, stderr } = await call(sandbox, command);
        expect([exitCode, stdout, stderr]).toEqual([1, "", expect.stringContaining(message)]);
        expect(stderr).toStartWith(`${path}:`);
        expect(stderr).not.toMatch(/^ {4}at /m);
      }
      expect(state(path)).toEqual(before);
    }));
});

describe("taken, with nothing changed but our entry:", () => {
  test.each(ACCEPTED)("%s", (_, text) =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), text);
      const before = bytesOf(path) ?? "";
      expect(await done(sandbox, "setup --yes")).not.toMatch(/[\u001b\u202e]/);
      const after = sandbox.read(path);
      expect(JSON.parse(after).statusLine).toEqual(ENTRY);
      const { took, value } = JSON.parse(sandbox.read(`${sandbox.health}/former-statusline.json`))[
        "settings.json"
      ];
      expect([value, ""]).toContain(value === null ? took.trim() : took);
      const gone = Buffer.byteLength(took);
      expect(commonBytes(before, bytesOf(path) ?? "")).toBeGreaterThanOrEqual(before.length - gone);
      await done(sandbox, "uninstall --yes");
      expect(bytesOf(path)).toBe(before);
    }));
});

/** Bytes at the beginning and at the end that two texts have in common. */
function commonBytes(one: string, other: string): number {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  while (end < one.length - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return start + end;
}

describe("what stands in the way of the file is told of by its name:", () => {
  const obstacles: Record<string, [make: (path: string, sandbox: Sandbox) => void, message: string]> = {
    "a folder": [(path) => mkdirSync(path), "settings.json: a folder is where a file should be"],
    "a pipe": [
      (path) => void Bun.spawnSync(["mkfifo", path]),
      "settings.json: a pipe is where a file should be",
    ],
    "a device": [(path) => symlinkSync("/dev/zero", path), "/dev/zero: a device is where a file should be"],
    "a link to itself": [(path) => symlinkSync(path, path), "settings.json: links lead round in a circle"],
    "two links in a circle": [
      (path) => {
        symlinkSync(path, `${path}.other`);
        symlinkSync(`${path}.other`, path);
      },
      "settings.json: links lead round in a circle",
    ],
  };
  test.each(Object.entries(obstacles))("%s", (_, [make, message]) =>
    inSandbox(async (sandbox) => {
      const path = settingsOf(sandbox);
      mkdirSync(dirname(path));
      make(path, sandbox);
      for (const command of ["setup --yes", "uninstall --yes"]) {
        const { exitCode, stderr } = await call(sandbox, command);
        expect([exitCode, stderr]).toEqual([1, expect.stringContaining(message)]);
      }
    }));

  test("a file where the configuration directory belongs", () =>
    inSandbox(async (sandbox) => {
      write(`${sandbox.home}/.claude`, "");
      const { exitCode, stderr } = await call(sandbox, "setup --yes");
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("a file is where a folder should be")]);
      expect(bytesOf(`${sandbox.home}/.claude`)).toBe("");
    }));
});

/** A folder that even root cannot write: those of the kernel. */
test.skipIf(process.platform !== "linux")("a folder that cannot be written is told of", () =>
  inSandbox(async (sandbox) => {
    const { exitCode, stderr } = await call(sandbox, "setup --yes", { CLAUDE_CONFIG_DIR: "/proc/self" });
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^\/proc\/self\/.*: /)]);
    expect(stderr).not.toMatch(/^ {4}at /m);
  }),
);
