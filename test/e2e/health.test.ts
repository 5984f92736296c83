import { expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import {
  ccusageFolder,
  inSandbox,
  type Sandbox,
  sessionIn,
  wellIntoTheDay,
  writeHistory,
} from "../harness.ts";

const id = (n: number) => `${String(n).padStart(8, "0")}-5e42-4793-a1b8-0a533aba93f8`;

/** Puts what a person has written into the state. */
function put(sandbox: Sandbox, text: string): void {
  mkdirSync(sandbox.health, { recursive: true });
  writeFileSync(`${sandbox.health}/runtime-state.yaml`, text);
}

async function healthOf(sandbox: Sandbox, changes: object = {}) {
  const transcript_path = `${sandbox.path}/t.jsonl`;
  writeFileSync(transcript_path, '{"type":"user","message":{"content":"hello"}}\n', { flag: "a" });
  await sandbox.lines(sessionIn("/x/y", id(1), { transcript_path, ...changes }));
  await sandbox.settle();
  const { sessions } = parse(readFileSync(`${sandbox.health}/runtime-state.yaml`, "utf8"));
  return sessions[0].health as { status: string; issues: string[] };
}

/** A window with this percentage of it used. */
const filled = (percent: number) => ({
  context_window: {
    context_window_size: 1000,
    current_usage: { input_tokens: 10 * percent },
    used_percentage: percent,
  },
});

test("a secret in the transcript makes health critical, with its kind and not the secret", () =>
  inSandbox(async (sandbox) => {
    const key = `ghp_${"a1".repeat(18)}`;
    writeFileSync(`${sandbox.path}/t.jsonl`, `{"type":"user","message":{"content":"${key}"}}\n`);
    const health = await healthOf(sandbox);
    expect(health).toMatchObject({
      status: "critical",
      issues: ["secrets in the transcript: github-token"],
    });
    expect(sandbox.read(`${sandbox.health}/runtime-state.yaml`)).not.toContain(key);
  }));

test.each([
  ["by default", "", 60, "healthy", []],
  [
    "for all accounts",
    "thresholds:\n  context: {warning: 50, critical: 90}\n",
    60,
    "warning",
    ["60% of the context window used"],
  ],
  [
    "for one account, before those for all",
    "authProfiles:\n  - profileId: default\n    label: Mine\n    thresholds:\n      context:\n        critical: 55\nthresholds:\n  context: {warning: 50, critical: 90}\n",
    60,
    "critical",
    ["60% of the context window used"],
  ],
  ["of a wrong type are not used", "thresholds:\n  context: {warning: low}\n", 60, "healthy", []],
  ["of limits", "thresholds: {limits: {warning: 5}}\n", 0, "warning", ["10% of the 5-hour limit used"]],
])("thresholds %s", (_, text, percent, status, issues) =>
  inSandbox(async (sandbox) => {
    put(sandbox, text);
    const rate_limits = { five_hour: { used_percentage: 10, resets_at: 4_000_000_000 } };
    expect(await healthOf(sandbox, { ...filled(percent), rate_limits })).toMatchObject({ status, issues });
    expect(sandbox.read(`${sandbox.health}/runtime-state.yaml`)).toContain(text.split("\n")[0] ?? "");
  }));

test("thresholds of a wrong type are reported with their place, and cost the account nothing else", () =>
  inSandbox(async (sandbox) => {
    put(
      sandbox,
      "authProfiles:\n  - profileId: default\n    label: Mine\n    thresholds: {context: {warning: low}}\n",
    );
    await healthOf(sandbox);
    const { stderr, exitCode } = await sandbox.run("", {}, ["state", "check"]);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/runtime-state\.yaml:4:\d+: authProfiles\[0\]\.thresholds\.context\.warning/),
    ]);
    const { authProfiles } = parse(sandbox.read(`${sandbox.health}/runtime-state.yaml`));
    expect(authProfiles[0].metadata.totalSessions).toBe(1);
  }));

test("a budget that is nearly spent, or spent, is an issue", async () => {
  await wellIntoTheDay();
  await inSandbox(async (sandbox) => {
    sandbox.env.PATH = `${ccusageFolder}:${sandbox.env.PATH}`;
    writeHistory(`${sandbox.home}/.claude`, [Date.now() - 60_000]);
    put(sandbox, "thresholds:\n  budget: {daily: 0.5, weekly: 1000, monthly: 2.6}\n");
    const { status, issues } = await healthOf(sandbox);
    expect(status).toBe("critical");
    expect(issues).toEqual([
      expect.stringMatching(/^\d+% of the daily budget spent: \$2\.50 of \$0\.50$/),
      expect.stringMatching(/^96% of the monthly budget spent: \$2\.50 of \$2\.60$/),
    ]);
  });
});
