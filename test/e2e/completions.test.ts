import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, writeFileSync } from "node:fs";
import { presets } from "../../src/look/layouts.ts";
import { colors } from "../../src/look/themes.ts";
import { Sandbox } from "../harness.ts";

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());

const SHELLS = { bash: "statusline.bash", zsh: "_statusline", fish: "statusline.fish" };

beforeAll(async () => {
  for (const [shell, name] of Object.entries(SHELLS)) {
    const { exitCode, stdout, stderr } = await sandbox.run("", {}, ["completions", shell]);
    expect([shell, exitCode, stderr]).toEqual([shell, 0, ""]);
    writeFileSync(`${sandbox.path}/${name}`, stdout);
  }
  // Shells complete the command lines of programs that are there.
  sandbox.program("statusline", "exit 0");
  chmodSync(`${sandbox.path}/bin/statusline`, 0o755);
  writeFileSync(`${sandbox.path}/picture.svg`, "");
});

function shell(...command: string[]): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(command, { env: sandbox.env, cwd: sandbox.path });
  expect([command.join(" "), exitCode, stderr.toString()]).toEqual([command.join(" "), 0, ""]);
  return stdout.toString();
}

/** What is typed, and all that it may become; of a shell that cannot say all, the first. */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ["con", ["config", "configure"]],
  ["docto", ["doctor"]],
  ["config ", ["get", "set", "unset", "init", "edit", "check", "schema", "path"]],
  ["config set the", ["theme"]],
  ["config get modules.limits.ce", ["modules.limits.cells"]],
  ["config set theme ", Object.keys(colors)],
  ["config set theme no", ["nord"]],
  ["config set modules.git.enabled ", ["true", "false"]],
  ["config set layout m", ["minimal"]],
  ["preview --layout ", Object.keys(presets)],
  ["preview --theme dra", ["dracula"]],
  ["preview --all --width 100 --theme dra", ["dracula"]],
  ["preview --svg pic", ["picture.svg"]],
  ["completions ", Object.keys(SHELLS)],
  ["help prof", ["profiles"]],
  ["state cleanup --da", ["--days"]],
  ["state cleanup --days 3 --dr", ["--dry-run"]],
  ["uninstall --pu", ["--purge"]],
  ["state label ", []],
];

test.each([[], ["tcsh"], ["bash", "zsh"]])("completions %j is wrong usage", async (...args) => {
  const { exitCode, stdout, stderr } = await sandbox.run("", {}, ["completions", ...args.flat()]);
  expect([exitCode, stdout, stderr]).toEqual([2, "", "usage: statusline completions SHELL\n"]);
});

describe.skipIf(Bun.which("bash") === null)("bash", () => {
  /** What bash would complete the last of these words to. */
  const complete = (...words: string[]) =>
    shell(
      "bash",
      "--norc",
      "-c",
      `source ./statusline.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); $(complete -p statusline | sed 's/.*-F \\([^ ]*\\) .*/\\1/'); printf '%s\\n' "\${COMPREPLY[@]}"`,
      "bash",
      ...words,
    )
      .split("\n")
      .filter((line) => line !== "");

  test.each(CASES)("statusline %s", (line, expected) => {
    expect(complete("statusline", ...line.split(" ")).sort()).toEqual([...expected].sort());
  });

  // bash takes "=" for a word of its own.
  test.each([
    [["--theme", "=", "dra"], ["dracula"]],
    [["--theme", "="], Object.keys(colors)],
    [
      ["config", "--links", "=", "a"],
      ["auto", "always"],
    ],
    [
      ["preview", "--enabled-git", "="],
      ["true", "false"],
    ],
    [["preview", "--theme", "=", "nord", "--sv"], ["--svg"]],
    [["preview", "--theme=dra"], ["--theme=dracula"]],
    [["--them"], ["--theme="]],
    [["--vers"], ["--version"]],
  ])("flags: %j", (words, expected) => {
    expect(complete("statusline", ...words).sort()).toEqual([...expected].sort());
  });
});

describe.skipIf(Bun.which("fish") === null)("fish", () => {
  const complete = (line: string) =>
    shell("fish", "--no-config", "-c", `source ./statusline.fish; complete -C ${JSON.stringify(line)}`)
      .split("\n")
      .filter((each) => each !== "")
      .map((each) => each.split("\t")[0]);

  test.each([
    ...CASES,
    ["--theme=dra", ["--theme=dracula"]] as const,
    ["config --links=a", ["--links=auto", "--links=always"]] as const,
    ["--vers", ["--version"]] as const,
  ])("statusline %s", (line, expected) => {
    expect(complete(`statusline ${line}`).sort()).toEqual([...expected].sort());
  });
});

describe.skipIf(Bun.which("zsh") === null)("zsh", () => {
  /**
   * Types each line and a tab into an interactive zsh on a terminal of its own, and waits for the text that is to
   * come of it. Prints the lines where it does not come within five seconds, with what came.
   */
  const SCRIPT = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PS1=READY; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -d ./dump; stty columns 300; bindkey "^I" complete-word'
typeset chunk all
await() {
  all=
  for n in {1..100}; do
    while zpty -r -t z chunk; do all+=$chunk; done
    [[ \${all//$'\\e['[0-9;?]#[a-zA-Z]/} == *"$1"* ]] && return
    sleep 0.05
  done
  print -r -- "not $1 but \${(V)all}"
}
setopt extended_glob
sleep 0.5
zpty -w z 'print COMP''INIT'
await COMPINIT
while [[ $# -gt 0 ]]; do
  zpty -n -w z "statusline $1"$'\\t'
  await "statusline $2"
  zpty -n -w z $'\\x15'
  shift 2
done
zpty -d z
`;

  test("completes what is typed", () => {
    // A line that can become several things is tested by its beginning alone.
    const single = [...CASES, ["--theme=dra", ["--theme=dracula"]] as const].flatMap(
      ([line, [only, ...more]]) => {
        const cut = Math.max(line.lastIndexOf(" "), -1) + 1;
        return only === undefined || more.length > 0 ? [] : [line, `${line.slice(0, cut)}${only}`];
      },
    );
    expect(single.length).toBeGreaterThan(20);
    expect(shell("zsh", "-f", "-c", SCRIPT, "zsh", ...single)).toBe("");
  });

  test("may be sourced as well", () => {
    const loaded = shell(
      "zsh",
      "-f",
      "-c",
      "autoload -Uz compinit; compinit -u -d ./dump; source ./_statusline; print $_comps[statusline]",
    );
    expect(loaded).toBe("_statusline\n");
  });
});
