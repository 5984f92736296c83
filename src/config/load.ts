import { messageOf } from "../lib/errors.ts";
import { presets } from "../look/layouts.ts";
import type { StatusModule } from "../module.ts";
import type { World } from "../world.ts";
import { type Field, fieldsOf } from "./fields.ts";
import { readFileLayer } from "./file.ts";
import type { Given, Layer } from "./layer.ts";
import { readOverrides } from "./overrides.ts";
import type { ConfigProblem, Origin } from "./problem.ts";
import { configSchema } from "./schema.ts";
import type { Source } from "./sources.ts";

/** The configuration of one session: for each option its value and where that comes from. */
export interface Configuration {
  readonly fields: readonly Field[];
  readonly effective: ReadonlyMap<string, { readonly value: unknown; readonly origin: Origin }>;
  readonly problems: readonly ConfigProblem[];
}

/** More than a person writes; a larger file is something else. */
const MAX_BYTES = 1_000_000;

/**
 * Loads all layers, the later over the earlier: defaults, the layout's own, configuration file, user's file,
 * project's file, environment, flags. Never throws: what cannot be used is a problem, and the layer below counts.
 */
export async function loadConfiguration(
  modules: readonly StatusModule[],
  sources: readonly Source[],
  overrides: readonly string[],
  world: World,
): Promise<Configuration> {
  const fields = fieldsOf(configSchema(modules));
  const files = await Promise.all(sources.map((source) => readLayer(source, fields, world)));
  return combine(fields, [...files, ...readOverrides(overrides, fields)]);
}

/** The configuration without any file, variable or flag. */
export function defaultConfiguration(modules: readonly StatusModule[]): Configuration {
  return combine(fieldsOf(configSchema(modules)), []);
}

function combine(fields: readonly Field[], layers: readonly Layer[]): Configuration {
  const given = layers.flatMap((layer) => layer.given);
  const layout = given.findLast(({ field }) => field.key === "layout")?.value ?? "default";
  const effective = new Map(
    fields.map((field) => [
      field.key,
      { value: field.default, origin: { layer: "default", source: "" } as Origin },
    ]),
  );
  for (const { field, value, origin } of [...layoutLayer(String(layout), fields), ...given]) {
    effective.set(field.key, { value, origin });
  }
  return { fields, effective, problems: layers.flatMap((layer) => layer.problems) };
}

/** A layout brings icons, separators and characters with it. */
function layoutLayer(name: string, fields: readonly Field[]): Given[] {
  const preset: Record<string, unknown> = presets[name as keyof typeof presets];
  return fields.flatMap((field) => {
    const value = field.key === "lines" ? undefined : preset[field.key];
    return value === undefined ? [] : [{ field, value, origin: { layer: "layout", source: name } as Origin }];
  });
}

function readLayer({ path, layer }: Source, fields: readonly Field[], world: World): Layer {
  const refused = (message: string): Layer => ({
    given: [],
    problems: [{ origin: { layer, source: path }, field: "", message, expected: "", nearest: null }],
  });
  if (world.mtime(path) === null) return { given: [], problems: [] };
  if (!world.isFile(path)) return refused("is not a file");
  if (world.size(path) > MAX_BYTES) return refused("is too large for a configuration");
  try {
    return readFileLayer(world.readText(path, MAX_BYTES) ?? "", path, layer, fields);
  } catch (error) {
    return refused(messageOf(error));
  }
}
