import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { gone } from "../processes.ts";
import { answeringCcusage, configure, later, newId, rendered, type Values, write } from "./configured.ts";

const MINUTE = 60_000;

/** A session in a folder of its own, with this command on its line. */
function session(sandbox: Sandbox, run: string, values: Values = {}) {
  configure(sandbox, { lines: [["project", "command"]], "modules.command.run": run, ...values });
  answeringCcusage(sandbox);
  return sessionIn(sandbox.repository("place"), newId());
}

/** Renders once the command has ended. */
async function shown(sandbox: Sandbox, document: object, ms = 0): Promise<string> {
  await rendered(sandbox, document, { env: later(ms) });
  await sandbox.settle(later(ms));
  return (await rendered(sandbox, document, { env: later(ms + 20) })).join("\n");
}

test("what a command prints is shown as one clean line", () =>
  inSandbox(async (sandbox) => {
    const outputs: [what: string, script: string, shown: string][] = [
      ["a line", "echo sunny", "sunny"],
      ["several lines: the first", "printf 'one\\ntwo\\n'", "one"],
      ["nothing: left out", "true", ""],
      ["blanks: left out", "echo '   '", ""],
      ["its folder: the session's", 'basename "$PWD"', "place4"],
      ["wide characters", "echo '☀ 21°C 東京'", "☀ 21°C 東京"],
      ["colours: taken away", "printf '\\033[31mred\\033[0m and \\033[1;4mbold\\033[m'", "red and bold"],
      ["a title, a cleared screen: taken away", "printf '\\033]0;mine\\007a\\033[2J\\033[Hb'", "ab"],
      ["a link: its text", "printf '\\033]8;;http://x\\033\\\\text\\033]8;;\\033\\\\'", "text"],
      ["other controls: taken away", "printf 'a\\bb\\tc\\rd\\342\\200\\256e'", "abcde"],
      ["no key of the person's", 'echo "[$ANTHROPIC_API_KEY]"', "[]"],
      ["more than fits: cut", "printf '%0300d' 0", `${"0".repeat(59)}…`],
    ];
    Object.assign(sandbox.env, { ANTHROPIC_API_KEY: "secret" });
    session(sandbox, ". ./script", { "performance.fetchPoolSize": 12 });
    const documents = outputs.map(([, script], n) => {
      const folder = `${sandbox.path}/place${n}`;
      write(`${folder}/script`, script);
      return sessionIn(folder, newId());
    });
    const all = async (ms: number) => {
      const frames: string[] = [];
      for (const document of documents)
        frames.push((await rendered(sandbox, document, { env: later(ms) })).join("\n"));
      return frames;
    };
    await all(0);
    await sandbox.settle(later(0));
    const wanted = outputs.map(([what, , shown], n) => [what, `place${n}${shown && `  │  ${shown}`}`]);
    expect((await all(20)).map((frame, n) => [outputs[n]?.[0], frame])).toEqual(wanted);
    expect(sandbox.log()).toBe("");
  }));

test("it is given Claude Code's own document on stdin", () =>
  inSandbox(async (sandbox) => {
    const document = session(sandbox, 'cat >"$HOME/given"');
    await shown(sandbox, document);
    expect(JSON.parse(sandbox.read(`${sandbox.home}/given`))).toEqual(document);
  }));

test("one that hangs is killed with all its children, and the log says so", () =>
  inSandbox(async (sandbox) => {
    const sleep = `sleep 79${process.pid}`;
    const run = `touch "$HOME/began"; ${sleep} & (${sleep} & ${sleep})`;
    const document = session(sandbox, run, { "modules.command.timeout": "1s" });
    expect(await shown(sandbox, document)).toBe("place");
    expect(await Bun.file(`${sandbox.home}/began`).exists()).toBe(true);
    await gone(sleep);
    expect(sandbox.log()).toMatch(/error command: .*1 s/);
  }));

test("one that fails keeps its last output, with 🔴 once that is stale", () =>
  inSandbox(async (sandbox) => {
    const run = '[ -e "$HOME/broken" ] && { echo no luck >&2; exit 4; }; echo good';
    const document = session(sandbox, run, { "modules.command.stalenessThreshold": "3m" });
    expect(await shown(sandbox, document)).toBe("place  │  good");
    writeFileSync(`${sandbox.home}/broken`, "");
    expect(await shown(sandbox, document, 2 * MINUTE)).toBe("place  │  good");
    expect(await shown(sandbox, document, 4 * MINUTE)).toBe("place  │  good 🔴");
    expect(sandbox.log()).toContain(
      "error command: your command exited with 4 (0 characters on stdout, 8 on stderr)\n",
    );
  }));

test("another command's output is not shown as this one's", () =>
  inSandbox(async (sandbox) => {
    const document = session(sandbox, "echo old");
    expect(await shown(sandbox, document)).toBe("place  │  old");
    configure(sandbox, { lines: [["project", "command"]], "modules.command.run": "echo new" });
    expect(await rendered(sandbox, document, { env: later(MINUTE) })).toEqual(["place"]);
    expect(await shown(sandbox, document, MINUTE + 100)).toBe("place  │  new");
  }));
