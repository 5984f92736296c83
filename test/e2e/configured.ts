import { copyFileSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { findNodeAtLocation, parseTree } from "jsonc-parser";
import { parseDuration } from "../../src/config/duration.ts";
import { type Field, fieldsOf } from "../../src/config/fields.ts";
import { configSchema } from "../../src/config/schema.ts";
import type { Settings } from "../../src/config/settings.ts";
import { modules } from "../../src/modules/all.ts";
import { overridesIn } from "../../src/parse-session.ts";
import { workingDay } from "../../src/preview/sessions.ts";
import { type Sandbox, sessionIn } from "../harness.ts";

/** Every option that there is. */
export const fields = fieldsOf(configSchema(modules));

/** The clock of tests that hold it still: when the captures were taken, 2026-11-21T09:15:00Z. */
export const NOW = 1_795_252_500_000;
/** The clock so many milliseconds later. */
export const later = (ms: number) => ({ STATUSLINE_NOW: String(NOW + ms) });

/** Options and their values, by name. */
export type Values = Readonly<Record<string, unknown>>;

/** The places where something can be configured, each over the one before. */
export const LAYERS = ["config", "user", "project", "environment", "flag"] as const;
export type LayerName = (typeof LAYERS)[number];

/** The files that configure; the project is the sandbox's own folder. */
export function fileOf(sandbox: Sandbox, layer: "config" | "user" | "project"): string {
  if (layer === "project") return `${sandbox.path}/.claude/statusline.json`;
  const folder = sandbox.env.CLAUDE_CONFIG_DIR ?? `${sandbox.home}/.claude`;
  return layer === "config"
    ? `${folder}/statusline.config.json`
    : `${sandbox.home}/.claude/statusline.user.json`;
}

/** Writes a file, and the folders above it. */
export function write(path: string, text: string): void {
  mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  writeFileSync(path, text);
}

/** Writes these options, and nothing else, into the file of a layer. @returns its text */
export function configure(
  sandbox: Sandbox,
  values: Values,
  layer: "config" | "user" | "project" = "user",
): string {
  const tree: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    const path = key.split(".");
    let node = tree;
    for (const part of path.slice(0, -1)) {
      node[part] ??= {};
      node = node[part] as Record<string, unknown>;
    }
    node[path.at(-1) ?? ""] = value;
  }
  const text = JSON.stringify(tree, null, 2);
  write(fileOf(sandbox, layer), text);
  return text;
}

/** Where the name of an option stands in a file: `12:5`, as problems say it. */
export function placeOf(text: string, key: string): string {
  const root = parseTree(text);
  const value = root && findNodeAtLocation(root, key.split("."));
  const before = text.slice(0, value?.parent?.offset ?? 0).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** A value as variables and flags have it. */
export const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** The values as variables. */
export const variables = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [fieldOf(key).variable, textOf(value)]));

/** The values as flags. */
export const flags = (values: Values) =>
  Object.entries(values).map(([key, value]) => `${fieldOf(key).flag}=${textOf(value)}`);

function fieldOf(key: string): Field {
  const field = fields.find((each) => each.key === key);
  if (field === undefined) throw new Error(`no option ${key}`);
  return field;
}

/** What the program makes of a value: a time becomes milliseconds. */
export function accepted({ schema }: Field, value: unknown): unknown {
  return schema.anyOf?.[1]?.pattern !== undefined && typeof value === "string" ? parseDuration(value) : value;
}

/** The settings that a render has worked out for a session in `projectDir`, and keeps. */
export function snapshot(
  sandbox: Sandbox,
  projectDir: string,
  env: Record<string, string>,
  args: string[],
): Settings {
  const name = Bun.hash(JSON.stringify([projectDir, overridesIn(env, args)])).toString(16);
  const root = sandbox.env.CLAUDE_CONFIG_DIR ?? `${sandbox.home}/.claude`;
  return JSON.parse(readFileSync(`${root}/session-health/cache/config-${name}.json`, "utf8")).settings;
}

/** Renders with flags. @returns the lines */
export async function rendered(
  sandbox: Sandbox,
  document: object,
  { env = {}, args = [] }: { env?: Record<string, string>; args?: string[] } = {},
): Promise<string[]> {
  const { exitCode, stdout, stderr } = await sandbox.run(JSON.stringify(document), env, args);
  if (exitCode !== 0 || stderr !== "") throw new Error(`${exitCode}: ${stderr}`);
  return stdout.replace(/\n$/, "").split("\n");
}

let sessions = 0;
/** An id that no other session of this file has. */
export const newId = () => `${String(++sessions).padStart(8, "0")}-1111-4111-8111-111111111111`;

const captures = new URL("../fixtures/captures", import.meta.url).pathname;

/** A ccusage that answers as captured, and writes down each question. */
export function answeringCcusage(sandbox: Sandbox): void {
  sandbox.program(
    "ccusage",
    [
      'echo "$*" >>"$HOME/asked"',
      'case "$*" in',
      "  --version) echo ccusage 20.0.20 ;;",
      `  *daily*) cat '${captures}/ccusage/v18-daily.json' ;;`,
      `  *) cat '${captures}/ccusage/v20-blocks.json' ;;`,
      "esac",
    ].join("\n"),
  );
}

/** How often ccusage was asked for blocks. */
export function timesAsked(sandbox: Sandbox): number {
  const path = `${sandbox.home}/asked`;
  return existsSync(path) ? sandbox.read(path).split("blocks").length - 1 : 0;
}

/** A session that has everything a module can show, but for tmux; and the account that it belongs to. */
export function fullSession(sandbox: Sandbox): object {
  const project = sandbox.repository("widgets");
  writeFileSync(`${project}/new`, "");
  mkdirSync(`${project}/below`);
  const id = newId();
  const transcript = `${sandbox.path}/${id}.jsonl`;
  copyFileSync(`${captures}/transcript.jsonl`, transcript);
  answeringCcusage(sandbox);
  const account = (name: string) => `  - profileId: ${name}\n    label: ${name}'s\n`;
  const patterns = `    pathPatterns: [${JSON.stringify(project)}]\n`;
  write(
    `${sandbox.health}/runtime-state.yaml`,
    `authProfiles:\n${account("ann")}${patterns}${account("bob")}`,
  );
  const inHours = (hours: number) => NOW / 1000 + hours * 3600;
  return sessionIn(project, id, {
    workspace: {
      current_dir: `${project}/below`,
      project_dir: project,
      repo: { host: "github.com", owner: "acme", name: "widgets" },
    },
    transcript_path: transcript,
    session_name: "my session",
    fast_mode: true,
    output_style: { name: "explanatory" },
    vim: { mode: "NORMAL" },
    agent: { name: "reviewer" },
    worktree: { name: "feat-x", original_branch: "trunk" },
    pr: { number: 128, url: "https://github.com/acme/widgets/pull/128", review_state: "approved" },
    cost: workingDay.cost,
    rate_limits: {
      five_hour: { used_percentage: 23.5, resets_at: inHours(3.4) },
      seven_day: { used_percentage: 41, resets_at: inHours(77) },
      spend_limit: { used_percentage: 62, resets_at: inHours(200), used_usd: 31, limit_usd: 50 },
    },
  });
}

/** Makes a file as old as `ms`. */
export function age(path: string, ms: number, readMs = ms): void {
  utimesSync(path, (Date.now() - readMs) / 1000, (Date.now() - ms) / 1000);
}

/** Renders within `rateLimitMs` of each other with an equal input are equal; after this they need not be. */
export const pastRateLimit = () => Bun.sleep(120);
