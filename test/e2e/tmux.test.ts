import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { binary, inSandbox, sessionIn } from "../harness.ts";

test.if(Bun.which("tmux") !== null)(
  "in tmux the pane stands in the state, and gives the width where the client does not",
  () =>
    inSandbox(async (sandbox) => {
      const socket = `${sandbox.path}/tmux.sock`;
      const { COLUMNS, ...env } = sandbox.env;
      const tmux = (...args: string[]) => {
        const { stdout, stderr, exitCode } = Bun.spawnSync(
          ["tmux", "-f", "/dev/null", "-S", socket, ...args],
          { env },
        );
        expect([exitCode, stderr.toString()]).toEqual([0, ""]);
        return stdout.toString();
      };
      const id = "66666666-6666-4666-8666-666666666666";
      await Bun.write(`${sandbox.path}/in.json`, JSON.stringify(sessionIn("/x/project", id)));
      const out = `${sandbox.path}/out`;
      const script = `env -u COLUMNS '${binary}' <'${sandbox.path}/in.json' >'${out}.new'; mv '${out}.new' '${out}'; sleep 0.3`;
      tmux("new-session", "-d", "-s", "mine", "-x", "150", "-y", "30", `sh -c "while :; do ${script}; done"`);
      const width = async () =>
        Bun.stringWidth(
          (
            await Bun.file(out)
              .text()
              .catch(() => "")
          ).split("\n")[0] ?? "",
        );
      for (let n = 0; n < 100 && (await width()) !== 146; n++) await Bun.sleep(100);
      expect(await width()).toBe(146);
      const path = `${sandbox.health}/runtime-state.yaml`;
      const isNoted = () => existsSync(path) && readFileSync(path, "utf8").includes("tmux:");
      for (let n = 0; n < 100 && !isNoted(); n++) await Bun.sleep(100);
      const state = () => parse(readFileSync(path, "utf8"));
      expect(state().sessions[0].tmux).toEqual({
        session: "mine",
        window: "0",
        pane: "0",
        width: 150,
        height: 30,
      });
      tmux("kill-server");
      await sandbox.settle();
    }),
);
