import { type Field, fieldsOf } from "../config/fields.ts";
import { configSchema } from "../config/schema.ts";
import { modules } from "../modules/all.ts";

/** The options of the configuration for people to read. */
export interface Options {
  /** Those of the whole program. */
  readonly own: readonly Field[];
  /** Those that every module with a source has: once, for `modules.MODULE`. */
  readonly ofModules: readonly Field[];
}

/** All options of the configuration, those of the modules' sources once. */
export function documentedOptions(): Options {
  const fields = fieldsOf(configSchema(modules));
  const isOfModule = ({ path }: Field) => path[0] === "modules";
  const times = fields.filter(({ path }) => path[1] === "cost");
  const names = new Set(times.map(({ path }) => path[2]));
  const ofModules = times.map((field) => ({
    ...field,
    key: field.key.replace("cost", "MODULE"),
    variable: field.variable.replace("COST", "NAME"),
    flag: field.flag.replace("cost", "MODULE"),
  }));
  const general = fields.filter((field) => !isOfModule(field));
  const special = fields.filter((field) => isOfModule(field) && !names.has(field.path[2]));
  return { own: [...general, ...special], ofModules };
}
