import { parseArgs } from "node:util";
import { print, printJson, printStyled, printYaml } from "../cli/print.ts";
import { table } from "../cli/table.ts";
import { wrongUsage } from "../cli/usage.ts";
import { settingsOf } from "../config/settings.ts";
import { configured } from "../frame/session-settings.ts";
import { timeSpan } from "../lib/quantity.ts";
import { readOrNull } from "../lib/read.ts";
import { printable } from "../lib/text.ts";
import { UserError } from "../lib/user-error.ts";
import { overridesIn } from "../parse-session.ts";
import { checkState } from "../state/check.ts";
import { cleanupOldSessions, oldSessions } from "../state/cleanup.ts";
import { StateDocument } from "../state/document.ts";
import { migrate } from "../state/migrate.ts";
import { readState, updateState } from "../state/store.ts";
import { yamlShown } from "../state/yaml-shown.ts";
import { isFields, type YamlFields } from "../state/yaml-text.ts";
import type { World } from "../world.ts";
import { labelProfile, removeOneSession } from "./state-edit.ts";

const subcommands: Readonly<Record<string, (world: World, args: string[]) => Promise<void>>> = {
  path: async (world, args) => {
    options(args, {}, 0);
    await print(world, `${world.paths.state}\n`);
  },
  label: async (world, args) => {
    const [profileId = "", text = ""] = options(args, {}, 2).positionals;
    await labelProfile(profileId, text, world);
  },
  remove: async (world, args) => {
    const [sessionId = ""] = options(args, {}, 1).positionals;
    await removeOneSession(sessionId, readState(world), world);
  },
  migrate: migrateNow,
  cleanup,
  check,
};

/** `statusline state …`: shows, checks and changes `runtime-state.yaml`. @throws UserError */
export async function state(world: World, args: readonly string[]): Promise<void> {
  const [name = "", ...rest] = args;
  const command = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (command !== undefined) return command(world, rest);
  if (name !== "" && !name.startsWith("-")) throw wrongUsage(["state"], name);
  return show(world, [...args]);
}

async function show(world: World, args: string[]): Promise<void> {
  const { values } = options(args, { json: { type: "boolean" }, yaml: { type: "boolean" } }, 0);
  if (values.json && values.yaml) throw wrongUsage(["state"]);
  const { data } = readState(world);
  if (values.json) return printJson(world, await judged(data, world));
  if (values.yaml) return printYaml(world, yamlShown(textOf(world)));
  return printStyled(world, pretty(data, world));
}

/** The state as it is now: whether billing is fresh follows from its time, not from what was written then. */
async function judged(data: YamlFields, world: World): Promise<YamlFields> {
  if (!Array.isArray(data.authProfiles)) return data;
  const settings = await configured({ projectDir: null, overrides: overridesIn(world.env) }, world);
  const { cacheTTL } = settingsOf(settings, "cost");
  const authProfiles = data.authProfiles.map((profile) => {
    if (!isFields(profile) || !isFields(profile.billing)) return profile;
    return {
      ...profile,
      billing: { ...profile.billing, isFresh: isFresh(profile.billing, cacheTTL, world.now()) },
    };
  });
  return { ...data, authProfiles };
}

/** As long as the cost module holds its figures for fresh. A time in the future proves nothing. */
function isFresh({ lastFetched }: YamlFields, cacheTTL: number, now: number): boolean {
  return typeof lastFetched === "number" && lastFetched <= now && now - lastFetched < cacheTTL;
}

async function migrateNow(world: World, args: string[]): Promise<void> {
  const { values } = options(args, { "dry-run": { type: "boolean" } }, 0);
  let result = migrate(new StateDocument(""), world);
  if (readState(world).list("authProfiles").length > 0) {
    return print(world, "nothing to migrate: profiles exist already\n");
  }
  if (!values["dry-run"]) {
    await updateState(world, (document) => {
      result = migrate(document, world);
    });
  }
  const verb = values["dry-run"] ? "would import" : "imported";
  const unreadable = result.unreadable.map((path) => `cannot be read, left unchanged: ${path}\n`);
  await print(
    world,
    `${verb} ${result.profiles} profile(s) and ${result.sessions} session(s) into ${printable(world.paths.state)}\n${unreadable.join("")}`,
  );
}

async function cleanup(world: World, args: string[]): Promise<void> {
  const { values } = options(args, { days: { type: "string" }, "dry-run": { type: "boolean" } }, 0);
  const days = Number(values.days ?? 7);
  if (!Number.isFinite(days) || days < 0)
    throw new UserError(2, `--days takes a number of days, not ${values.days}`);
  const count = values["dry-run"]
    ? oldSessions(readState(world), days, world.now()).length
    : await cleanupOldSessions(world, days);
  const verb = values["dry-run"] ? "would archive" : "archived";
  await print(
    world,
    `${verb} ${count} session(s) silent for more than ${days} days, in ${world.paths.archive}\n`,
  );
}

async function check(world: World, args: string[]): Promise<void> {
  options(args, {}, 0);
  const problems = checkState(textOf(world));
  const lines = problems.map(
    ({ line, column, field, message }) =>
      `${world.paths.state}:${line}:${column}: ${field ? `${field}: ` : ""}${printable(message)}`,
  );
  if (lines.length > 0)
    throw new UserError(1, lines.join("\n"), "Fix these by hand; until then the valid entries are used.");
  await print(world, `${world.paths.state} is valid\n`);
}

const textOf = (world: World) => readOrNull(world.paths.state) ?? "";

type OptionTypes = Record<string, { type: "boolean" | "string" }>;

/** @throws UserError (wrong usage) */
function options(args: string[], types: OptionTypes, positionals: number) {
  try {
    const parsed = parseArgs({ args, options: types, allowPositionals: positionals > 0, strict: true });
    if (parsed.positionals.length === positionals) return parsed;
  } catch {
    // parseArgs says it in many words; the usage says it in one line.
  }
  throw wrongUsage(["state"]);
}

function pretty(data: YamlFields, world: World): string {
  const now = world.now();
  const sessions = (Array.isArray(data.sessions) ? data.sessions : []).filter(isFields);
  const profiles = (Array.isArray(data.authProfiles) ? data.authProfiles : []).filter(isFields);
  const rows = sessions.map((session) => {
    const [context, model, git, health, metadata] = ["context", "model", "git", "health", "metadata"].map(
      (name) => (isFields(session[name]) ? session[name] : {}),
    );
    return [
      String(session.sessionId).slice(0, 8),
      session.authProfile,
      session.projectPath,
      git?.branch,
      model?.value,
      typeof context?.percentUsed === "number" ? `${context.percentUsed}%` : null,
      health?.status,
      typeof metadata?.lastActivity === "number" ? `${timeSpan(now - metadata.lastActivity)} ago` : null,
      Array.isArray(health?.issues) ? health.issues.join("; ") : null,
    ];
  });
  const heads = ["session", "profile", "project", "branch", "model", "context", "health", "active", "why"];
  const where = printable(world.configDir);
  return `${profiles.length} profile(s), ${sessions.length} session(s) in ${where}\n${sessions.length > 0 ? `\n${table(heads, rows)}` : ""}`;
}
