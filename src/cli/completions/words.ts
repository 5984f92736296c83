import type { Field } from "../../config/fields.ts";
import { fieldsOf } from "../../config/fields.ts";
import { configSchema } from "../../config/schema.ts";
import { presets } from "../../look/layouts.ts";
import { colors } from "../../look/themes.ts";
import { modules } from "../../modules/all.ts";
import type { Definition, Option, ValueKind } from "../definition.ts";
import { program, SHELLS } from "../definitions.ts";
import { all } from "../usage.ts";

/** The options of the configuration, in the order of its schema. */
export const fields: readonly Field[] = fieldsOf(configSchema(modules));

/** Those that a flag may set. */
export const flags: readonly Field[] = fields.filter(({ ownFilesOnly }) => !ownFilesOnly);

/** The words of a kind; none where they cannot be counted. */
export function wordsOf(kind: ValueKind): readonly string[] {
  const words: Partial<Record<ValueKind, readonly string[]>> = {
    theme: Object.keys(colors),
    layout: Object.keys(presets),
    key: fields.map(({ key }) => key),
    shell: SHELLS,
    command: (program.subcommands ?? []).map(({ name }) => name),
  };
  return words[kind] ?? [];
}

/** The options of all commands that a value follows, each once; a name means the same wherever it is taken. */
export function valueOptions(): Option[] {
  const options = all().flatMap(({ definition }) => definition.options ?? []);
  const taking = options.filter(({ value }) => value !== undefined);
  return [...new Map(taking.map((option) => [option.name, option])).values()];
}

/** Names, keys or flags, by the values that there are; those whose values cannot be counted are left out. */
export function byChoices(nameOf: (field: Field) => string, of: readonly Field[]): [string[], string[]][] {
  const counted = of.filter(({ choices }) => choices !== null);
  const groups = Map.groupBy(counted, ({ choices }) => choices?.join(" ") ?? "");
  return [...groups].map(([choices, group]) => [group.map(nameOf), choices.split(" ")]);
}

const HELP: Option = { name: "--help", summary: "what it does, and what it takes" };

/** A command's options, besides those that are flags. */
export function optionsOf({ options = [], flags: takesFlags }: Definition): Option[] {
  const others = new Set([HELP.name, ...(takesFlags ? flags.map(({ flag }) => flag) : [])]);
  return [...options.filter(({ name }) => !others.has(name)), HELP];
}
