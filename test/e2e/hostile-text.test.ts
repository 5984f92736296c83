import { expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { root } from "../../build/compile.ts";
import { commands } from "../../src/dispatch.ts";
import { inSandbox, type Run, type Sandbox, sessionIn } from "../harness.ts";

const HOSTILE = "a\x1b]0;owned\x07b\u009b31mc\u202ed\u2066e\rf\x7fg";
/** As the value of JSON or YAML, escaped as its writer would. */
const written = JSON.stringify(HOSTILE);
/** As a name in a file system, in an argument or a variable. */
const NAME = `n${HOSTILE}`;

const ours = /\x1b\[[\d;]*m|\x1b\]8;;[^\x00-\x1f\x7f-\x9f]*\x1b\\/g;
const forbidden = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Each command in every form that needs no terminal, with hostile arguments where it takes some. */
const FORMS: Readonly<Record<string, readonly string[][]>> = {
  refresh: [[], [NAME]],
  config: [
    [],
    ["--json"],
    ["get", "theme"],
    ["get", "modules.command.run"],
    ["get", NAME],
    ["set", NAME, "1"],
    ["set", "theme", NAME],
    ["set", "modules.command.run", NAME],
    ["unset", NAME],
    ["init"],
    ["check"],
    ["edit"],
    ["schema"],
    ["path"],
    [NAME],
    [`--${NAME}`],
    [`--theme=${NAME}`],
  ],
  configure: [[], [NAME]],
  preview: [[], ["--theme", NAME], [`--theme=${NAME}`], [NAME], ["--all"]],
  themes: [[], [NAME]],
  modules: [[], [NAME]],
  state: [
    [],
    ["--json"],
    ["--yaml"],
    ["check"],
    ["path"],
    ["label", NAME, NAME],
    ["label", "default", NAME],
    ["remove", NAME],
    ["migrate"],
    ["cleanup", "--dry-run"],
    ["cleanup", "--days", NAME],
    [NAME],
  ],
  profiles: [[], [NAME], ["add", NAME, NAME], ["remove", NAME], ["remove", NAME, "--yes"]],
  doctor: [[], ["--json"], [NAME]],
  setup: [["--dry-run"], ["--dry-run", "--project"], ["--refresh", NAME], [NAME], []],
  uninstall: [["--dry-run"], ["--dry-run", "--project"], [NAME], []],
  update: [["--check"], [NAME]],
  completions: [["bash"], ["zsh"], ["fish"], [NAME]],
  man: [[], [NAME]],
  help: [[], [NAME], ["config"]],
  "--help": [[]],
  "-h": [[]],
  "--version": [[], [NAME]],
};

const ID = "0f0e0d0c-0b0a-4908-8706-050403020100";

/** A machine on which everything that can be named by others has a hostile name. */
function prepare(sandbox: Sandbox): { folder: string; document: object } {
  const folder = `${sandbox.path}/${NAME}`;
  mkdirSync(`${folder}/.claude`, { recursive: true });
  sandbox.git(folder, "init", "-q", "-b", "main");
  sandbox.git(folder, "commit", "-q", "--allow-empty", "-m", "first");
  sandbox.git(folder, "checkout", "-q", "-b", "b\u202e\u009b31m\u2066");
  const config = `{"theme": ${written}, ${written}: ${written}, "modules": {${written}: 1, "command": {"run": ${written}, ${written}: 2}}}`;
  mkdirSync(`${sandbox.home}/.claude`, { recursive: true });
  writeFileSync(`${sandbox.home}/.claude/statusline.config.json`, config);
  writeFileSync(`${sandbox.home}/.claude/statusline.user.json`, config);
  writeFileSync(`${folder}/.claude/statusline.json`, config);
  const settings = JSON.stringify({ statusLine: { type: HOSTILE, command: NAME, padding: HOSTILE } });
  writeFileSync(`${sandbox.home}/.claude/settings.json`, settings);
  writeFileSync(`${folder}/.claude/settings.json`, settings);
  sandbox.program("ccusage", `printf '%b' '\\033]0;owned\\007\\302\\233' >&2; exit 3`);
  const transcript = `${sandbox.home}/.claude/projects/-p/${ID}.jsonl`;
  mkdirSync(`${sandbox.home}/.claude/projects/-p`, { recursive: true });
  const message = { role: "assistant", model: HOSTILE, content: [{ type: "text", text: HOSTILE }] };
  writeFileSync(transcript, `${JSON.stringify({ type: "assistant", sessionId: ID, message })}\n`);
  const document = sessionIn(folder, ID, {
    session_name: HOSTILE,
    model: { id: HOSTILE, display_name: HOSTILE },
    transcript_path: transcript,
  });
  return { folder, document };
}

/** Hostile values in the stored files, as a person or an attacker may have written them. */
function plant(sandbox: Sandbox): void {
  mkdirSync(`${sandbox.health}/locks`, { recursive: true });
  writeFileSync(
    `${sandbox.health}/runtime-state.yaml`,
    [
      "# a comment \u202e",
      "version: 1",
      `authProfiles:\n  - profileId: default\n    label: ${written}\n    ${written}: ${written}`,
      `sessions:\n  - sessionId: ${ID}\n    authProfile: default\n    projectPath: ${written}`,
      `    git: {branch: "\\x1b]0;owned\\x07\\u009b"}\n    model: {value: plain\u202etext}`,
      `    health: {status: critical, issues: [${written}]}\n`,
    ].join("\n"),
  );
  writeFileSync(`${sandbox.health}/daemon.log`, `${NAME}\n2026-01-01T00:00:00Z error x: ${HOSTILE}\n`);
  writeFileSync(`${sandbox.health}/locks/refresh`, written);
}

async function runIn(sandbox: Sandbox, cwd: string, args: string[], env = {}, stdin = ""): Promise<Run> {
  const child = Bun.spawn([`${root}dist/statusline`, ...args], {
    env: { ...sandbox.env, ...env },
    cwd,
    stdin: new Blob([stdin]),
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { stdout, stderr, exitCode: await child.exited, ms: 0 };
}

/** Where something is left that acts on a terminal, with what is around it. */
function left(args: readonly string[], { stdout, stderr }: Run): string[] {
  return [stdout, stderr].flatMap((text, n) => {
    const rest = text.replace(ours, "");
    const at = rest.search(forbidden);
    if (at < 0) return [];
    return [JSON.stringify({ args, on: n === 0 ? "stdout" : "stderr", near: rest.slice(at - 60, at + 20) })];
  });
}

test("every command has its forms here", () => {
  expect(Object.keys(FORMS).sort()).toEqual(Object.keys(commands).sort());
});

test("no command lets text from outside act on the terminal", async () => {
  await inSandbox(async (sandbox) => {
    const { folder, document } = prepare(sandbox);
    await sandbox.run(JSON.stringify(document));
    await sandbox.settle();
    const variables = { EDITOR: "false", STATUSLINE_UPDATE_URL: "http://127.0.0.1:1" };
    const found: string[] = [];
    for (const [name, forms] of Object.entries(FORMS))
      for (const form of forms) {
        plant(sandbox);
        found.push(...left([name, ...form], await runIn(sandbox, folder, [name, ...form], variables)));
      }
    plant(sandbox);
    const hostile = {
      ...variables,
      STATUSLINE_THEME: HOSTILE,
      EDITOR: `false #${HOSTILE}`,
      HOME: `${folder}/home`,
    };
    for (const args of [
      ["config"],
      ["config", "check"],
      ["config", "edit"],
      ["config", "path"],
      ["doctor"],
      ["state"],
    ])
      found.push(...left(args, await runIn(sandbox, folder, args, hostile)));
    for (const args of [[], [`--theme=${HOSTILE}`], ["--timings"]])
      found.push(...left(args, await runIn(sandbox, folder, args, variables, JSON.stringify(document))));
    found.push(...left([NAME], await runIn(sandbox, folder, [NAME])));
    expect(found).toEqual([]);
  });
}, 300_000);

test("JSON and YAML keep the values that they escape", async () => {
  await inSandbox(async (sandbox) => {
    plant(sandbox);
    const asJson = await sandbox.run("", {}, ["state", "--json"]);
    expect(JSON.parse(asJson.stdout).authProfiles[0].label).toBe(HOSTILE);
    const asYaml = await sandbox.run("", {}, ["state", "--yaml"]);
    const data = Bun.YAML.parse(asYaml.stdout) as Record<string, Record<string, unknown>[]>;
    expect(data.authProfiles?.[0]?.label).toBe(HOSTILE);
    expect(data.sessions?.[0]?.model).toEqual({ value: "plain\u202etext" });
    expect(data.sessions?.[0]?.git).toEqual({ branch: "\x1b]0;owned\x07\u009b" });
  });
});

test("commands print by cli/print.ts alone", () => {
  // The row itself, the world that stands in for another, and the former version's bytes.
  const rows = ["cli/print.ts", "commands/timings.ts"];
  const files = [
    ...new Bun.Glob("{cli,commands,settings,doctor,state,config,update}/**/*.ts").scanSync(`${root}src`),
  ];
  expect(files.length).toBeGreaterThan(50);
  const raw = /\.stdout\(|console\.|process\.std(out|err)|Bun\.std(out|err)/;
  const wrong = files.filter(
    (file) => !rows.includes(file) && raw.test(readFileSync(`${root}src/${file}`, "utf8")),
  );
  expect(wrong).toEqual([]);
});
