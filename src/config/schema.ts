import { type TObject, type TSchema, Type } from "@sinclair/typebox";
import { LIVE, type ModuleConfig, PROJECT_MAY_SET, type StatusModule } from "../module.ts";
import { duration } from "./duration.ts";
import { linesSchema } from "./lines.ts";
import { broker, look, performance, renderer, reports } from "./sections.ts";

const SECOND = 1000;
const DAY = 86_400_000;

/** Least, greatest (milliseconds) and meaning of the times that every module has. */
const TIMES = {
  refreshInterval: [
    0,
    DAY,
    "a value older than this is fetched again, or read again where nothing is fetched",
  ],
  cacheTTL: [
    0,
    365 * DAY,
    "a value older than this is dimmed, or read again where nothing is fetched; 0 for no limit",
  ],
  stalenessThreshold: [SECOND, 365 * DAY, "a value older than this is marked 🔴"],
  timeout: [10, 120 * SECOND, "how long one fetch may take; a slower read is logged"],
  retryBackoff: [100, DAY, "wait before the first retry; it doubles with each"],
} as const satisfies Partial<Record<keyof ModuleConfig, readonly [number, number, string]>>;

/** The greatest number of fetches of one module that may run at the same time. */
const MOST_CONCURRENT = 64;

/** The type of the whole configuration, as a file holds it; every option has a default and a description. */
export function configSchema(modules: readonly StatusModule[]): TObject {
  const parts = modules.map((module): [string, TSchema] => [module.moduleId, moduleSchema(module)]);
  return section({
    $schema: Type.Optional(Type.String({ description: "where an editor finds the schema" })),
    ...look(Type),
    lines: linesSchema(
      Type,
      modules.map(({ moduleId }) => moduleId),
    ),
    modules: section(Object.fromEntries(parts)),
    renderer: section(renderer(Type)),
    broker: section(broker(Type)),
    performance: section(performance(Type)),
    reports: section(reports(Type)),
  });
}

function moduleSchema(module: StatusModule): TObject {
  return section(
    {
      enabled: Type.Boolean({
        default: true,
        description:
          module.config === undefined
            ? "shown where the layout has it"
            : "fetched, and shown where the layout has it",
        // Whether a command of the person's own runs is theirs to say.
        ...(module.moduleId === "command" ? {} : PROJECT_MAY_SET),
      }),
      ...timeOptions(module.config ?? LIVE),
      ...module.options?.(Type),
    },
    module.description,
  );
}

function timeOptions(config: ModuleConfig) {
  const times = Object.entries(TIMES).map(([name, [minimum, maximum, description]]) => {
    const byDefault = config[name as keyof typeof TIMES];
    return [name, duration(Type, { default: byDefault, minimum, maximum, description })];
  });
  const maxRetries = Type.Integer({
    default: config.maxRetries,
    minimum: 0,
    maximum: 100,
    description: "failed fetches in a row that are retried after `retryBackoff`",
  });
  const maxConcurrent = Type.Integer({
    default: config.maxConcurrent,
    minimum: 1,
    maximum: MOST_CONCURRENT,
    description: "fetches of this module at the same time",
  });
  return { ...(Object.fromEntries(times) as Record<string, TSchema>), maxRetries, maxConcurrent };
}

/** Everything may be left out, nothing unknown may be in it. */
function section(properties: Record<string, TSchema>, description?: string): TObject {
  const optional = Object.entries(properties).map(([name, schema]) => [name, Type.Optional(schema)]);
  return Type.Object(Object.fromEntries(optional), {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  });
}
