import { manual } from "../src/cli/manual.ts";
import { documentedOptions } from "../src/cli/options.ts";
import { durationText } from "../src/config/duration.ts";
import type { Field } from "../src/config/fields.ts";
import { shownValue } from "../src/config/template.ts";
import { presets } from "../src/look/layouts.ts";
import { colors } from "../src/look/themes.ts";
import { modules } from "../src/modules/all.ts";
import { markdown as markdownOf, type Report } from "./bench/report.ts";
import bench from "./bench.json";

export type TableName = "modules" | "layouts" | "themes" | "options" | "variables" | "performance";

/** The tables of the pages, each by the name of its place there. */
export function pageTables(): Readonly<Record<TableName, string>> {
  return {
    modules: modulesTable(),
    layouts: layoutsTable(),
    themes: themesTable(),
    options: optionsTable(),
    variables: variablesTable(),
    performance: markdownOf(bench as Report),
  };
}

function markdown(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

function modulesTable(): string {
  const rows = modules.map(({ moduleId, description, fetch, cachedBy, source, config }) => {
    const lender = modules.find((each) => each.moduleId === cachedBy);
    const times = fetch === undefined ? lender && (config ?? lender.config) : (source ?? config);
    return [
      moduleId,
      description,
      times === undefined ? "each run" : durationText(times.refreshInterval),
      times === undefined ? "–" : durationText(times.stalenessThreshold),
    ];
  });
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

/** Variables that are no options: every option has one, see `optionsTable`. */
function variablesTable(): string {
  const rows = manual.environment.filter(([names]) => !names.includes("…"));
  return markdown(
    ["variable", "meaning"],
    rows.map(([names, meaning]) => [`\`${names.replaceAll(", ", "`, `")}\``, meaning]),
  );
}

function optionsTable(): string {
  const { own, ofModules } = documentedOptions();
  const row = (field: Field, byDefault: string) => [
    `\`${field.key}\``,
    byDefault,
    `${field.description}: ${field.expected}`,
    field.ownFilesOnly ? "your own files only" : `\`${field.variable}\` \`${field.flag}\``,
  ];
  return markdown(
    ["option", "default", "what it does", "variable, flag"],
    [
      ...own.map((field) => row(field, `\`${JSON.stringify(shownValue(field, field.default))}\``)),
      ...ofModules.map((field) => row(field, field.path[2] === "enabled" ? "`true`" : "by module")),
    ],
  );
}
