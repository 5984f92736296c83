import { expect, test } from "bun:test";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { commandIn, ownerOf } from "../../src/settings/entry.ts";
import { binary, inSandbox } from "../harness.ts";

test("whose a status line is", () =>
  inSandbox(async ({ path, home }) => {
    mkdirSync(`${path}/bin`);
    mkdirSync(`${path}/script`);
    copyFileSync("/bin/true", `${path}/bin/statusline`);
    symlinkSync(binary, `${path}/bin/line`);
    writeFileSync(`${path}/script/statusline`, "#!/bin/sh\necho mine\n", { mode: 0o755 });
    const program = { path: binary, home, search: `${path}/bin` };
    const wrote = JSON.stringify({ type: "command", command: "/gone/statusline", padding: 0 });
    const owner = (command: unknown, type: unknown = "command") =>
      ownerOf(JSON.stringify({ type, command }), wrote, program);
    const owners = {
      own: [
        binary,
        `  '${binary}' --theme=nord`,
        "line",
        "statusline",
        `A=1 exec ${path}/bin/statusline`,
        `${binary} | head -1`,
        "/gone/statusline",
      ],
      unsure: [
        "/gone/statusline --theme=nord",
        "cd / && statusline",
        "sh -c '/x/statusline'",
        "$X/statusline",
      ],
      other: [
        `${path}/script/statusline`,
        "~/.claude/statusline.sh",
        "ccusage statusline-x",
        "npx ccstatusline",
        "",
        7,
        null,
      ],
    };
    for (const [whose, commands] of Object.entries(owners))
      for (const command of commands) expect([command, owner(command)]).toEqual([command, whose as never]);
    expect(["null", "[]", '"statusline"', "7"].map((value) => ownerOf(value, null, program))).toEqual(
      Array(4).fill("other"),
    );
  }));

test("the command of an entry", () => {
  expect(['{"command": " x "}', '{"command": " "}', "{}", "null", "1"].map(commandIn)).toEqual([
    " x ",
    null,
    null,
    null,
    null,
  ]);
});
