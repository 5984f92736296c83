import { describe, expect, test } from "bun:test";
import { readdirSync, writeFileSync } from "node:fs";
import { identify } from "../../src/lib/process.ts";
import { binary, inSandbox, type Sandbox } from "../harness.ts";
import { examined, makeWell, STATUS_LINE, says, settings, spoilt } from "./well.ts";

/** The command of the settings, with what belongs to it. */
const command =
  (text: string, more: object = {}) =>
  (sandbox: Sandbox) =>
    void settings(sandbox, { statusLine: { ...STATUS_LINE, command: text, ...more } });

describe("the command, as Claude Code runs it", () => {
  test.each([
    ["fails", "echo row; echo why >&2; exit 7", "ends with 7", "it says: why"],
    ["prints nothing", "cat >/dev/null; echo; echo ' '", "prints nothing", "run it yourself"],
    ["is not there", "no-such-program-here", "ends with 127", "not found"],
    [
      "prints a million characters",
      "head -c 1000001 /dev/zero | tr '\\0' x",
      "more than a million characters",
      /./,
    ],
    ["prints without end", "yes", "more than a million characters", /./],
  ])("%s", async (_, text, message, hint) => {
    expect(await spoilt("run", command(text))).toEqual(says("problem", message, hint));
  });

  test("hangs: it is cut off with all that it has started", () =>
    inSandbox(async (sandbox) => {
      makeWell(sandbox);
      command(`sleep 987654 & echo $! > ${sandbox.path}/pid; wait`)(sandbox);
      expect((await examined(sandbox)).of("run")).toEqual(says("problem", "timed out after 5 s"));
      expect(identify(Number(sandbox.read(`${sandbox.path}/pid`)))).toBeNull();
    }));

  test("gets what Claude Code gives: one line of JSON, its variables, the whole environment, no terminal", () =>
    inSandbox(async (sandbox) => {
      makeWell(sandbox);
      command(`cat > ${sandbox.path}/stdin; env > ${sandbox.path}/env; test -t 1 || echo row`)(sandbox);
      const { of } = await examined(sandbox, { COLUMNS: "77", MINE: "too" });
      expect(of("run")).toEqual([expect.objectContaining({ status: "ok" })]);
      const input = sandbox.read(`${sandbox.path}/stdin`);
      expect(input).toMatch(/^\{.*\}\n$/);
      expect(JSON.parse(input)).toMatchObject({
        workspace: { current_dir: sandbox.path },
        version: expect.any(String),
      });
      const env = sandbox.read(`${sandbox.path}/env`).split("\n");
      for (const each of [
        "COLUMNS=77",
        "LINES=40",
        "CLAUDECODE=1",
        `CLAUDE_PROJECT_DIR=${sandbox.path}`,
        "MINE=too",
      ])
        expect(env).toContain(each);
    }));

  test("is slow", async () => {
    expect(await spoilt("run", command("sleep 0.6; echo row"))).toEqual(
      says("warning", /in \d+ ms, which is slow/),
    );
  });

  test("is not asked for where none is set", async () => {
    expect(await spoilt("run", (sandbox) => void settings(sandbox, {}))).toEqual([]);
  });
});

describe("refreshInterval", () => {
  test.each([
    ["none", { refreshInterval: undefined }, "warning", "no refreshInterval"],
    ["below one", { refreshInterval: 0.5 }, "problem", "refreshInterval is 0.5"],
    ["no number", { refreshInterval: "10" }, "problem", 'refreshInterval is "10"'],
  ] as const)("%s", async (_, more, status, message) => {
    expect(await spoilt("refresh", command(binary, more))).toEqual(
      says(status, message, '"refreshInterval": 10'),
    );
  });

  test("shorter than a run takes", async () => {
    const checks = await spoilt("refresh", command("sleep 1.1; echo row", { refreshInterval: 1 }));
    expect(checks).toEqual(says("problem", "longer than the 1 s until the next"));
  });
});

describe("padding", () => {
  test("that differs from ours", async () => {
    const wide = await spoilt("padding", command(binary, { padding: 2 }));
    expect(wide).toEqual(
      says("warning", /padding is 2 .* and 0 here: long rows are cut off/, "config set padding 2"),
    );
    const narrow = await spoilt("padding", command(`${binary} --padding=3`));
    expect(narrow).toEqual(
      says("warning", /padding is 0 .* and 3 here: some columns stay unused/, "config set padding 0"),
    );
  });

  test("that agrees, whichever way ours is set", async () => {
    for (const text of [`${binary} --padding=2`, binary]) {
      const checks = await spoilt("padding", (sandbox) => {
        if (text === binary) settings(sandbox, { padding: 2 }, "statusline.user.json");
        command(text, { padding: 2 })(sandbox);
      });
      expect(checks).toEqual([expect.objectContaining({ status: "ok", message: "2 columns on both sides" })]);
    }
  });
});

test("a command of another program is run too, and its files stay as they are", () =>
  inSandbox(async (sandbox) => {
    makeWell(sandbox);
    writeFileSync(`${sandbox.path}/row.sh`, "#!/bin/sh\necho row\n", { mode: 0o755 });
    command("./row.sh")(sandbox);
    const before = readdirSync(sandbox.path);
    const { of } = await examined(sandbox);
    expect(of("run")).toEqual([expect.objectContaining({ status: "ok" })]);
    expect(of("settings")).toEqual(says("problem", "which is not this program"));
    expect(readdirSync(sandbox.path)).toEqual(before);
  }));
