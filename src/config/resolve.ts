import { presets, priorityOf } from "../look/layouts.ts";
import type { Layout, Look } from "../look/look.ts";
import { themeOf } from "../look/theme-sgr.ts";
import { colors, type ThemeName } from "../look/themes.ts";
import type { ModuleSettings, StatusModule } from "../module.ts";
import { layoutOf } from "./lines.ts";
import type { Configuration } from "./load.ts";
import type { LookOptions } from "./sections.ts";
import type { Settings } from "./settings.ts";

/** Works out what the program runs with: names become lines, colours and icons. */
export function resolve(configuration: Configuration, modules: readonly StatusModule[]): Settings {
  const tree = asTree(configuration);
  const look = lookOf(configuration, modules, tree);
  const isAlone = isAccountAlone(look);
  const own = Object.fromEntries(
    modules.map((module) => {
      const times = timesFor(module, tree);
      return [module.moduleId, isAlone && module.moduleId === "account" ? { ...times, always: true } : times];
    }),
  );
  const settings = {
    look,
    modules: own,
    renderer: tree.renderer,
    broker: tree.broker,
    performance: tree.performance,
    reports: tree.reports,
    faulty: configuration.problems.length > 0,
  };
  return { ...settings, version: Bun.hash(JSON.stringify(settings)).toString(16) };
}

/** A row that would have nothing else on it shows the account, also where it is the only one. */
function isAccountAlone({ lines }: Look): boolean {
  const places = lines.flat();
  return places.length > 0 && places.every(({ moduleId }) => moduleId === "account");
}

/** What is to be fetched at every run is fetched once in so many milliseconds. */
const SHORTEST = 1000;
/** Milliseconds that no value gets to. */
const NO_LIMIT = 365 * 86_400_000;

/** A module's options, with what 0 means: fetch as often as possible, read when its input changes; keep without limit. */
function timesFor({ moduleId, fetch, source }: StatusModule, { modules }: Tree): ModuleSettings {
  const own = modules[moduleId] as unknown as ModuleSettings;
  const isFetched = fetch !== undefined && source === undefined;
  return {
    ...own,
    refreshInterval: own.refreshInterval || (isFetched ? SHORTEST : NO_LIMIT),
    cacheTTL: own.cacheTTL || NO_LIMIT,
  };
}

type Tree = LookOptions &
  Pick<Settings, "broker" | "performance" | "reports"> & {
    readonly renderer: Settings["renderer"] & { readonly colorEnabled: boolean };
    readonly lines: Parameters<typeof layoutOf>[0] | null;
    readonly modules: Record<string, Record<string, unknown>>;
  };

/** The values in the shape that a file has, each option there. */
function asTree({ effective }: Configuration): Tree {
  const tree: Record<string, unknown> = {};
  for (const [key, { value }] of effective) {
    const path = key.split(".");
    let node = tree;
    for (const part of path.slice(0, -1)) {
      node[part] ??= {};
      node = node[part] as Record<string, unknown>;
    }
    node[path.at(-1) ?? ""] = value;
  }
  return tree as unknown as Tree;
}

function lookOf(configuration: Configuration, modules: readonly StatusModule[], tree: Tree): Look {
  const { layout, theme, icons, separator, charset, links, maxLines, padding } = tree;
  const lines = tree.lines === null ? presets[layout].lines : layoutOf(tree.lines);
  return {
    lines: placed(lines, configuration, modules),
    theme: themeOf(colors[theme as ThemeName]),
    icons: iconsOf(icons, modules),
    separator,
    charset,
    links,
    maxLines,
    padding,
    colorEnabled: tree.renderer.colorEnabled,
  };
}

/** The lines without what is switched off; what a person has switched on and the layout has not, at the end. */
export function placed(
  lines: Layout,
  { effective }: Configuration,
  modules: readonly StatusModule[],
): Layout {
  const isOn = (moduleId: string) => effective.get(`modules.${moduleId}.enabled`)?.value === true;
  const left = lines
    .map((line) => line.filter(({ moduleId }) => isOn(moduleId)))
    .filter((line) => line.length > 0);
  const there = new Set(lines.flat().map(({ moduleId }) => moduleId));
  const added = modules
    .map(({ moduleId }) => moduleId)
    .filter((moduleId) => !there.has(moduleId) && isOn(moduleId))
    .filter((moduleId) => effective.get(`modules.${moduleId}.enabled`)?.origin.layer !== "default")
    .map((moduleId) => ({ moduleId, priority: priorityOf(moduleId), align: "left" }) as const);
  return added.length === 0 ? left : [...left.slice(0, -1), [...(left.at(-1) ?? []), ...added]];
}

function iconsOf(set: LookOptions["icons"], modules: readonly StatusModule[]): Record<string, string> {
  const column = ["emoji", "nerd", "ascii"].indexOf(set);
  const icons = modules.map(({ moduleId, icons: each }) => [moduleId, each[column] ?? ""]);
  return Object.fromEntries(icons.filter(([, icon]) => icon !== ""));
}
