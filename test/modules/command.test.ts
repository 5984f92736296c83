import { describe, expect, test } from "bun:test";
import { command } from "../../src/modules/command.ts";
import { parseSession } from "../../src/parse-session.ts";
import { validate } from "../../src/refresher/fetch.ts";
import { realWorld } from "../../src/world.ts";
import { inSandbox, type Sandbox } from "../harness.ts";
import { asking, settingsFor, shown, worldAt } from "./shown.ts";

const session = parseSession('{"session_id":"s"}');

test.each([
  ["a line", "☀ 21°C", Array(4).fill("☀ 21°C")],
  [
    "a long line",
    "0123456789".repeat(4),
    [...Array(2).fill("0123456789".repeat(4)), `${"0123456789".repeat(3).slice(0, 29)}…`, "01234567890123…"],
  ],
  ["no line", "", []],
  ["a command that has not run yet", "pending", []],
  ["a command that fails", null, []],
])("%s", (_, line, forms) => {
  expect(shown(command, session, line)).toEqual(forms);
});

test("what one command printed is not another's, nor another session's, and there is none without a command", () => {
  const key = (id: string, run: string) =>
    command.key?.(parseSession(`{"session_id":"${id}"}`), worldAt(0), settingsFor(command, { run }));
  const keys = [key("a", "date"), key("a", "uptime"), key("b", "date")];
  expect(new Set(keys).size).toBe(3);
  expect(keys).not.toContain(null);
  expect([key("a", ""), key("", "date")]).toEqual([null, null]);
});

describe("the command", () => {
  /** What it gives, with changes to the session made in the sandbox. */
  async function given(run: string, changes: (sandbox: Sandbox) => object = () => ({})): Promise<unknown> {
    let line: unknown;
    await inSandbox(async (sandbox) => {
      const told = { ...session, ...changes(sandbox) };
      line = await command.fetch?.(asking(command, told, realWorld(sandbox.env), { run }));
    });
    return line;
  }

  test.each([
    ["gives its first line", "echo one; echo two", "one"],
    ["may begin with empty lines", "echo; echo '  one'", "one"],
    ["may end its lines as on Windows", "printf 'one \\r\\ntwo\\r\\n'", "one"],
    ["is left without its colours", "printf '\\033[31mred\\033[0m\\n'", "red"],
    ["may print nothing", "true", ""],
    ["is a shell's", "X=1; [ $X = 1 ] && echo yes | tr a-z A-Z", "YES"],
    ["has an object on stdin where the document is not known", "cat", "{}"],
    ["gives no more than is ever shown", "head -c 100000 /dev/zero | tr '\\0' x", `${"x".repeat(119)}…`],
  ])("%s", async (_, run, line) => {
    const found = await given(run);
    expect(found).toBe(line);
    expect(validate(command, found, session)).toMatchObject({ valid: true, sanitized: line });
  });

  test("has the client's document on stdin, all of it", async () => {
    const document = JSON.stringify({ session_id: "s", text: "ü".repeat(200_000) });
    expect(await given("wc -c", () => ({ document }))).toBe(String(Buffer.byteLength(document)));
  });

  test("need not read its stdin", async () => {
    expect(await given("exec <&-; echo deaf", () => ({ document: "x".repeat(1_000_000) }))).toBe("deaf");
  });

  test("runs in the session's folder, where there is one", async () => {
    const here = await given("basename $PWD", ({ home }) => ({ cwd: home }));
    expect(here).toBe("home");
    expect(await given("echo yes", () => ({ cwd: "/nonexistent" }))).toBe("yes");
  });

  test("is not given the person's keys", async () => {
    const world = realWorld({ PATH: process.env.PATH, ANTHROPIC_API_KEY: "secret" });
    const run = 'echo "[$ANTHROPIC_API_KEY]"';
    expect(await command.fetch?.(asking(command, session, world, { run }))).toBe("[]");
  });

  test.each([
    [
      "its exit code",
      "echo 'no such city' >&2; echo x; exit 3",
      "your command exited with 3 (2 characters on stdout, 13 on stderr)",
    ],
    ["that it is not there", "no-such-program", "your command exited with 127"],
    ["that it took too long", "sleep 60", "timed out after 100 ms"],
  ])("that fails tells %s", async (_, run, message) => {
    const world = realWorld({ PATH: process.env.PATH });
    const fetched = command.fetch?.(
      asking(command, session, world, { run, timeout: run === "sleep 60" ? 100 : 5000 }),
    );
    await expect(fetched).rejects.toThrow(message);
  });
});
