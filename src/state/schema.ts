import { type Static, Type } from "@sinclair/typebox";

/** The fields of `runtime-state.yaml`. Other programs read them: names and units are fixed. */
const nullable = <T extends ReturnType<typeof Type.Number> | ReturnType<typeof Type.String>>(type: T) =>
  Type.Union([type, Type.Null()]);
const Time = Type.Number({ description: "epoch milliseconds" });

export const Billing = Type.Object({
  costToday: nullable(Type.Number({ minimum: 0, description: "US dollars; null: not known exactly" })),
  costTodayAtLeast: Type.Optional(
    nullable(Type.Number({ minimum: 0, description: "US dollars: the part of today whose price is known" })),
  ),
  burnRatePerHour: nullable(Type.Number({ minimum: 0, description: "US dollars an hour" })),
  budgetRemaining: Type.Number({ minimum: 0, description: "minutes left in the 5-hour block" }),
  budgetPercentUsed: Type.Number({ minimum: 0, maximum: 100, description: "percent of the block's time" }),
  resetTime: Type.String({ description: "HH:MM, UTC" }),
  totalTokens: Type.Optional(Type.Number({ minimum: 0 })),
  tokensPerMinute: Type.Optional(nullable(Type.Number({ minimum: 0 }))),
  isFresh: Type.Boolean({ description: "at the time of writing" }),
  lastFetched: Time,
});

export const Detection = Type.Union(["manual", "auto", "fingerprint"].map((each) => Type.Literal(each)));

export const AuthProfile = Type.Object({
  profileId: Type.String({ minLength: 1, maxLength: 128 }),
  label: Type.String(),
  billingFingerprint: Type.Optional(Type.String()),
  pathPatterns: Type.Optional(Type.Array(Type.String())),
  aliases: Type.Optional(Type.Array(Type.String())),
  billing: Type.Optional(Billing),
  metadata: Type.Optional(
    Type.Object({
      detectionMethod: Detection,
      firstSeen: Time,
      lastUsed: Time,
      totalSessions: Type.Integer({ minimum: 0 }),
    }),
  ),
});

const Health = Type.Object({
  status: Type.Union(["healthy", "warning", "critical", "unknown"].map((each) => Type.Literal(each))),
  lastUpdate: Time,
  issues: Type.Array(Type.String()),
});

export const SessionEntry = Type.Object({
  sessionId: Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$" }),
  authProfile: Type.String({ minLength: 1 }),
  formerProfiles: Type.Optional(
    Type.Array(Type.String(), { description: "accounts that it had before a swap" }),
  ),
  projectPath: Type.Optional(nullable(Type.String())),
  transcriptPath: Type.Optional(nullable(Type.String())),
  tmux: Type.Optional(
    Type.Object({
      session: Type.String(),
      window: Type.String(),
      pane: Type.String(),
      width: Type.Number(),
      height: Type.Number(),
    }),
  ),
  health: Type.Optional(Health),
  model: Type.Optional(
    Type.Object({
      value: Type.String(),
      source: Type.String(),
      confidence: Type.Number({ minimum: 0, maximum: 100 }),
    }),
  ),
  context: Type.Optional(
    Type.Object({
      tokensUsed: nullable(Type.Number({ minimum: 0 })),
      tokensLeft: nullable(Type.Number({ minimum: 0 })),
      percentUsed: nullable(Type.Number({ minimum: 0 })),
      windowSize: nullable(Type.Number({ minimum: 0 })),
      nearCompaction: Type.Boolean(),
    }),
  ),
  git: Type.Optional(
    Type.Object({
      branch: nullable(Type.String()),
      ahead: Type.Number(),
      behind: Type.Number(),
      dirty: Type.Number(),
      lastChecked: Time,
    }),
  ),
  transcript: Type.Optional(
    Type.Object({
      exists: Type.Boolean(),
      sizeBytes: Type.Number(),
      lastModified: Time,
      lastModifiedAgo: Type.String(),
      messageCount: Type.Number(),
      lastMessagePreview: Type.String(),
      isSynced: Type.Boolean(),
    }),
  ),
  alerts: Type.Optional(
    Type.Object({
      secretsDetected: Type.Boolean(),
      secretTypes: Type.Array(Type.String()),
      transcriptStale: Type.Boolean(),
      dataLossRisk: Type.Boolean(),
      invalidValues: Type.Optional(
        Type.Array(Type.String(), { description: "values that contradict others, each in words" }),
      ),
    }),
  ),
  metadata: Type.Object({ gatheredAt: Time, lastActivity: Time }),
});

const Marks = Type.Object({
  warning: Type.Optional(Type.Number({ minimum: 0, description: "percent" })),
  critical: Type.Optional(Type.Number({ minimum: 0, description: "percent" })),
});
const Amount = Type.Optional(nullable(Type.Number({ minimum: 0, description: "US dollars" })));
const Thresholds = Type.Object({
  context: Type.Optional(Marks),
  limits: Type.Optional(Marks),
  budget: Type.Optional(Type.Object({ daily: Amount, weekly: Amount, monthly: Amount })),
});

export const RuntimeState = Type.Object({
  // Thresholds of a wrong type are reported, and cost the profile nothing else.
  authProfiles: Type.Array(Type.Object({ ...AuthProfile.properties, thresholds: Type.Optional(Thresholds) })),
  thresholds: Type.Optional(Thresholds),
  sessions: Type.Array(SessionEntry),
  metadata: Type.Optional(Type.Object({ version: Type.String(), lastUpdated: Time })),
});

export type Billing = Static<typeof Billing>;
export type AuthProfile = Static<typeof AuthProfile>;
export type SessionEntry = Static<typeof SessionEntry>;
export type RuntimeState = Static<typeof RuntimeState>;
