import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { inSandbox, sessionIn } from "../harness.ts";
import { examined, makeWell, STATUS_LINE, settings } from "./well.ts";

const id = "81818181-8181-4181-8181-818181818181";

test("where all is well it says so, on a machine that is in use", () =>
  inSandbox(async (sandbox) => {
    makeWell(sandbox);
    const repository = sandbox.repository("repo");
    await sandbox.lines(sessionIn(repository, id));
    await sandbox.settle();
    const { exitCode, stdout, stderr } = await sandbox.run("", {}, ["doctor"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toEndWith("\nno problems\n");
    for (const line of stdout.trim().split("\n").slice(0, -2)) expect(line).toStartWith("✓ ");
    const { checks, log } = await examined(sandbox);
    const names =
      "settings program hooks trust files disk locks processes configuration state session accounts log reports run refresh padding git ccusage version claude colours width links";
    expect(checks.map(({ name }) => name)).toEqual(names.split(" "));
    expect(checks.filter(({ status, hint }) => status !== "ok" || hint !== "")).toEqual([]);
    expect(log).toEqual([]);
  }));

test("it leaves nothing behind: no session, no frame, no process", () =>
  inSandbox(async (sandbox) => {
    makeWell(sandbox);
    await examined(sandbox);
    await sandbox.settle();
    expect(await Array.fromAsync(new Bun.Glob("{frames/*,*.json}").scan({ cwd: sandbox.health }))).toEqual(
      [],
    );
    const { sessions } = JSON.parse((await sandbox.run("", {}, ["state", "--json"])).stdout);
    expect(sessions ?? []).toEqual([]);
  }));

test("a problem has a sign, a hint and the exit code 1; a warning has not that code", () =>
  inSandbox(async (sandbox) => {
    makeWell(sandbox);
    const { refreshInterval, ...rest } = STATUS_LINE;
    settings(sandbox, { statusLine: rest });
    const warned = await sandbox.run("", {}, ["doctor"]);
    expect([warned.exitCode, warned.stderr]).toEqual([0, ""]);
    expect(warned.stdout).toMatch(/^! refresh +no refreshInterval.*\n +→ "refreshInterval": 10/m);
    expect(warned.stdout).toEndWith("\nno problems, 1 warning\n");
    settings(sandbox, { statusLine: { ...rest, command: "exit 3" } });
    const { exitCode, stdout, stderr } = await sandbox.run("", {}, ["doctor"]);
    expect([exitCode, stderr]).toEqual([1, "2 problems, 1 warning\n"]);
    expect(stdout).toMatch(/^✗ run +the command ends with 3.*\n +→ /m);
  }));

test("the last lines of the log are shown, and each error of the last day with its count", () =>
  inSandbox(async (sandbox) => {
    makeWell(sandbox);
    mkdirSync(sandbox.health, { recursive: true, mode: 0o700 });
    const at = (ago: number) => new Date(Date.now() - ago).toISOString();
    const lines = Array.from({ length: 12 }, (_, n) => `${at(9e7)} warning git: number ${n}`);
    writeFileSync(`${sandbox.health}/daemon.log`, `${lines.join("\n")}\n${at(8e7)} info x: y\n`, {
      mode: 0o600,
    });
    const old = await examined(sandbox);
    expect(old.log).toHaveLength(10);
    expect(old.of("log")).toEqual([expect.objectContaining({ status: "ok" })]);
    const fell = (ago: number) => `${at(ago)} error cost: ccusage \u001b[31mfell over`;
    const all = [
      ...lines,
      `${at(9e7)} error git: of yesterday`,
      fell(7_200_000),
      `${at(5_000_000)} error render/aaaaaaaa: git: no value`,
      `${at(4_000_000)} error render/bbbbbbbb: git: no value`,
      `${at(3_600_000)} error git: broken`,
    ];
    writeFileSync(`${sandbox.health}/daemon.log`, `${[...all, fell(120_000)].join("\n")}\n`, { mode: 0o600 });
    const now = await examined(sandbox);
    expect(now.of("log")).toEqual([
      expect.objectContaining({ status: "warning", message: "cost: ccusage fell over (2 times), 2m ago" }),
      expect.objectContaining({ status: "warning", message: "git: broken, 1h ago" }),
      expect.objectContaining({ message: "render: git: no value (2 times) in aaaaaaaa, bbbbbbbb, 1h6m ago" }),
    ]);
    const { stdout } = await sandbox.run("", {}, ["doctor"]);
    expect(stdout).toContain(`Last of ${sandbox.health}/daemon.log:\n  `);
    expect(stdout).toContain("ccusage fell over");
    expect(stdout).not.toContain("\u001b");
  }));

test("it tells nothing that is not its business", () =>
  inSandbox(async (sandbox) => {
    makeWell(sandbox);
    const command = `TOKEN=hush-1 PASS="hush 2" ${STATUS_LINE.command}`;
    settings(sandbox, {
      statusLine: { ...STATUS_LINE, command },
      env: { KEY: "hush-3" },
      apiKeyHelper: "hush-4",
    });
    writeFileSync(`${sandbox.home}/.claude/.credentials.json`, '{"token": "hush-5"}');
    writeFileSync(`${sandbox.home}/.claude.json`, '{"projects": {}, "key": "hush-6", "broken": hush-7}');
    const { stdout, stderr } = await sandbox.run("", { ANTHROPIC_API_KEY: "hush-8" }, ["doctor"]);
    expect(stdout).toContain("TOKEN=… PASS=…");
    expect(stdout + stderr).not.toContain("hush");
  }));
