import { type TObject, type TSchema, Type } from "@sinclair/typebox";
import type { ModuleConfig, StatusModule } from "../module.ts";
import { duration } from "./duration.ts";
import { linesSchema } from "./lines.ts";
import { broker, look, performance, renderer } from "./sections.ts";

const SECOND = 1000;
const DAY = 86_400_000;

/** Least, greatest (milliseconds) and meaning of how a source is asked. */
const TIMES = {
  refreshInterval: [SECOND, DAY, "a value older than this is fetched anew"],
  cacheTTL: [SECOND, 365 * DAY, "a value older than this is muted"],
  stalenessThreshold: [SECOND, 365 * DAY, "a value older than this carries 🔴"],
  timeout: [100, 120 * SECOND, "how long one fetch may take"],
  retryBackoff: [100, DAY, "wait before the first retry; it doubles with each"],
} as const satisfies Partial<Record<keyof ModuleConfig, readonly [number, number, string]>>;

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
      }),
      ...(module.config === undefined ? {} : sourceOptions(module.config)),
      ...module.options?.(Type),
    },
    module.description,
  );
}

function sourceOptions(config: ModuleConfig) {
  const times = Object.entries(TIMES).map(([name, [minimum, maximum, description]]) => {
    const byDefault = config[name as keyof typeof TIMES];
    return [name, duration(Type, { default: byDefault, minimum, maximum, description })];
  });
  const maxRetries = Type.Integer({
    default: config.maxRetries,
    minimum: 0,
    maximum: 100,
    description: "failed fetches in a row that are tried again soon",
  });
  return { ...(Object.fromEntries(times) as Record<string, TSchema>), maxRetries };
}

/** Everything may be left out, nothing unknown may be in it. */
function section(properties: Record<string, TSchema>, description?: string): TObject {
  const optional = Object.entries(properties).map(([name, schema]) => [name, Type.Optional(schema)]);
  return Type.Object(Object.fromEntries(optional), {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  });
}
