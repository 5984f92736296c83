import { durationText, isDuration } from "./duration.ts";
import type { Field } from "./fields.ts";

/** A configuration file with every option in it, as a comment with its default and its meaning. */
export function template(fields: readonly Field[], schemaAddress: string): string {
  const lines = [`"$schema": ${JSON.stringify(schemaAddress)},`, "", ...body(fields, 0)];
  return `{\n${lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}\n}\n`;
}

function body(fields: readonly Field[], depth: number): string[] {
  const groups = Map.groupBy(fields, (field) => field.path[depth] ?? "");
  return [...groups].flatMap(([name, group]) => {
    const field = group.find(({ path }) => path.length === depth + 1);
    if (field !== undefined) return option(name, field);
    return [`${JSON.stringify(name)}: {`, ...body(group, depth + 1).map((line) => `  ${line}`), "},"];
  });
}

function option(name: string, field: Field): string[] {
  const shown = shownValue(field, field.default);
  return [
    `// ${field.description} (${field.expected})`,
    `// ${JSON.stringify(name)}: ${JSON.stringify(shown)},`,
  ];
}

/** A value as a person would write it. */
export function shownValue(field: Field, value: unknown): unknown {
  return isDuration(field.schema) && typeof value === "number" ? durationText(value) : value;
}
