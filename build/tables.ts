import { durationText } from "../src/config/duration.ts";
import { type Field, fieldsOf } from "../src/config/fields.ts";
import { configSchema } from "../src/config/schema.ts";
import { shownValue } from "../src/config/template.ts";
import { presets } from "../src/look/layouts.ts";
import { colors } from "../src/look/themes.ts";
import { modules } from "../src/modules/index.ts";
import { markdown as markdownOf, type Report } from "./bench/report.ts";
import bench from "./bench.json";

/** The README's tables, each under the name of its place there. */
export function readmeTables(): Readonly<Record<string, string>> {
  return {
    modules: modulesTable(),
    layouts: layoutsTable(),
    themes: themesTable(),
    options: optionsTable(),
    performance: markdownOf(bench as Report),
  };
}

function markdown(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

function modulesTable(): string {
  const rows = modules.map(({ moduleId, description, config }) => [
    moduleId,
    description,
    config === undefined ? "each run" : durationText(config.refreshInterval),
    config === undefined ? "–" : durationText(config.stalenessThreshold),
  ]);
  return markdown(["module", "what it shows", "refreshed", "🔴 after"], rows);
}

function layoutsTable(): string {
  const rows = Object.entries(presets).map(([name, { description, lines }]) => {
    const shown = lines.map((line) => line.map(({ moduleId }) => moduleId).join(" ")).join(" / ");
    return [`\`${name}\``, description, shown];
  });
  return markdown(["layout", "what for", "lines"], rows);
}

function themesTable(): string {
  const rows = Object.entries(colors).map(([name, { description }]) => [`\`${name}\``, description]);
  return markdown(["theme", "colours"], rows);
}

function optionsTable(): string {
  const fields = fieldsOf(configSchema(modules));
  const general = fields.filter(({ path }) => path[0] !== "modules");
  const times = fields.filter(({ path }) => path[1] === "cost");
  const own = fields.filter(
    ({ path }) => path[0] === "modules" && !times.some((each) => each.path[2] === path[2]),
  );
  const ofAll = times.map((field) => ({
    ...field,
    key: field.key.replace("cost", "MODULE"),
    variable: field.variable.replace("COST", "NAME"),
    flag: field.flag.replace("cost", "MODULE"),
  }));
  const row = (field: Field, byDefault: string) => [
    `\`${field.key}\``,
    byDefault,
    `${field.description}: ${field.expected}`,
    field.key === "modules.command.run" ? "your own files only" : `\`${field.variable}\` \`${field.flag}\``,
  ];
  return markdown(
    ["option", "default", "what it does", "variable, flag"],
    [
      ...[...general, ...own].map((field) =>
        row(field, `\`${JSON.stringify(shownValue(field, field.default))}\``),
      ),
      ...ofAll.map((field) => row(field, field.path[2] === "enabled" ? "`true`" : "by module")),
    ],
  );
}
