import { describe, expect, test } from "bun:test";
import { tmux } from "../../src/modules/tmux.ts";
import { parseSession } from "../../src/parse-session.ts";
import { validate } from "../../src/refresher/fetch.ts";
import type { Session } from "../../src/session.ts";
import { realWorld } from "../../src/world.ts";
import { inSandbox } from "../harness.ts";
import { asking, settingsFor, shown, worldAt } from "./shown.ts";

const session = parseSession("{}", { TMUX: "/tmp/tmux-0/default,12,0", TMUX_PANE: "%3" });
const pane = { session: "mine", window: "1", pane: "0", width: 150, height: 30 };

test.each([
  ["a pane", pane, ["mine:1.0"]],
  ["a pane that is not asked for yet", "pending", []],
  ["a tmux that does not answer", null, []],
] as const)("%s", (_, fetched, forms) => {
  expect(shown(tmux, session, fetched)).toEqual([...forms]);
});

test("the value belongs to one pane of one server, and to no session outside tmux", () => {
  const key = (of: Session) => tmux.key?.(of, worldAt(0), settingsFor(tmux));
  expect(key(session)).toBe("tmux:/tmp/tmux-0/default:%3");
  expect(key(parseSession("{}"))).toBeNull();
});

describe("tmux is asked, and", () => {
  const ask = (script: string) => {
    let answer: unknown;
    return inSandbox(async (sandbox) => {
      sandbox.program("tmux", script.replace("ARGS", `${sandbox.path}/args`));
      const world = realWorld(sandbox.env);
      answer = await tmux.fetch?.(asking(tmux, session, world));
    }).then(() => answer);
  };

  test("its answer is the pane's, by the session's own server and pane", async () => {
    const script = `[ "$2 $6" = "/tmp/tmux-0/default %3" ] && printf 'mine\\t1\\t0\\t150\\t30\\n'`;
    expect(await ask(script)).toEqual(pane);
  });

  test("its exit code is reported", async () => {
    await expect(ask("echo no server >&2; exit 1")).rejects.toThrow("tmux display-message exited with 1");
  });

  test.each(["", "mine", "mine\\t1\\t0\\twide\\thigh"])("the answer %j is not valid", async (output) => {
    expect(validate(tmux, await ask(`printf '${output}'`), session).valid).toBe(false);
  });
});
