import { existsSync, readdirSync } from "node:fs";
import { readOrNull } from "../lib/read.ts";
import { isSafeId } from "../paths.ts";
import type { World } from "../world.ts";
import type { StateDocument } from "./document.ts";
import { ensureDefaultAuthProfile } from "./operations.ts";
import { attempt } from "./parse.ts";
import { DEFAULT_PROFILE } from "./resolve-account.ts";
import { isFields, type Plain, parseFields, type YamlFields } from "./yaml-text.ts";

/** What a migration found; files that could not be read are as they were. */
export interface Migration {
  readonly profiles: number;
  readonly sessions: number;
  readonly unreadable: readonly string[];
}

const BILLING = {
  costToday: 0,
  burnRatePerHour: 0,
  budgetRemaining: 0,
  budgetPercentUsed: 0,
  resetTime: "",
  totalTokens: 0,
  tokensPerMinute: null,
  lastFetched: 0,
};

/**
 * Takes over what older programs left: `billing-shared.json` becomes the `default` profile, each record a
 * session. Does nothing once there is a profile, and changes none of the old files.
 * @throws system errors other than a missing folder
 */
export function migrate(state: StateDocument, world: World): Migration {
  const nothing = { profiles: 0, sessions: 0, unreadable: [] };
  if (state.list("authProfiles").length > 0) return nothing;
  const unreadable: string[] = [];
  const read = (path: string) => {
    if (!existsSync(path)) return null;
    const fields = parseFields(attempt(() => readOrNull(path)) ?? "");
    if (fields === null) unreadable.push(path);
    return fields;
  };
  const billing = read(world.paths.billing);
  if (billing === null) return { ...nothing, unreadable };
  const records = sessionFiles(world).flatMap(({ path, id }) => {
    const record = read(path);
    return record !== null && (record.sessionId ?? id) === id ? [{ id, record }] : [];
  });
  const times = records
    .flatMap(({ record }) => [number(record.firstSeen), number(record.gatheredAt)])
    .filter((time) => time > 0);
  ensureDefaultAuthProfile(state, world.now());
  state.upsert("authProfiles", DEFAULT_PROFILE, {
    billing: { ...BILLING, ...billing, isFresh: false },
    metadata: {
      detectionMethod: "auto",
      firstSeen: times.length === 0 ? world.now() : Math.min(...times),
      lastUsed: times.length === 0 ? world.now() : Math.max(...times),
      totalSessions: records.length,
    },
  });
  for (const { id, record } of records) state.upsert("sessions", id, sessionOf(record, world));
  return { profiles: 1, sessions: records.length, unreadable };
}

const KEPT = ["projectPath", "transcriptPath", "model", "context", "git", "transcript", "alerts", "tmux"];

/** An older record as a session; `health` was an object in some and a word in others. */
function sessionOf(record: YamlFields, world: World): YamlFields {
  const gatheredAt = number(record.gatheredAt) || world.now();
  const kept = KEPT.filter((name) => record[name] !== undefined && record[name] !== null);
  return {
    authProfile: DEFAULT_PROFILE,
    ...Object.fromEntries(kept.map((name) => [name, record[name] as Plain])),
    health: healthOf(record.health, gatheredAt),
    metadata: { gatheredAt, lastActivity: gatheredAt },
  };
}

function healthOf(health: Plain | undefined, lastUpdate: number): YamlFields {
  if (isFields(health)) return { status: "unknown", lastUpdate, issues: [], ...health };
  const words: Record<string, string> = {
    good: "healthy",
    healthy: "healthy",
    warning: "warning",
    critical: "critical",
  };
  return { status: words[String(health)] ?? "unknown", lastUpdate, issues: [] };
}

const number = (value: Plain | undefined) =>
  typeof value === "number" && Number.isFinite(value) ? value : 0;

function sessionFiles(world: World): { path: string; id: string }[] {
  const names = readdirSync(world.paths.root).filter((name) => name.endsWith(".json"));
  const ids = names.map((name) => name.slice(0, -".json".length));
  return ids
    .filter((id) => isSafeId(id) && id !== "billing-shared")
    .map((id) => ({ path: `${world.paths.root}/${id}.json`, id }));
}
