import type { Configuration } from "../config/load.ts";
import { priorityOf } from "../look/layouts.ts";
import type { Layout, Place } from "../look/look.ts";

/** The options that are chosen from a list, in the order of the pages. */
export const CHOICES = ["layout", "theme", "icons", "separator"] as const;
export type Choice = (typeof CHOICES)[number];

/** What the person has chosen so far, beside what was configured before. */
export interface Draft {
  readonly chosen: Readonly<Partial<Record<Choice, string>>>;
  /** null: the layout's own. */
  readonly lines: Layout | null;
  /** Whether the lines were changed here. */
  readonly arranged: boolean;
  /** Modules that are switched on or off by name from now on: what is, stands or is missing whatever the lines say. */
  readonly switched: Readonly<Record<string, boolean>>;
}

export const EMPTY: Draft = { chosen: {}, lines: null, arranged: false, switched: {} };

/** Takes a choice up; another layout brings its own lines. */
export function choose(draft: Draft, choice: Choice, value: string): Draft {
  const chosen = { ...draft.chosen, [choice]: value };
  return choice === "layout" ? { ...draft, chosen, lines: null, arranged: true } : { ...draft, chosen };
}

/**
 * Switches a module on or off by name where the lines alone do not: one that was off, and one that is on by name.
 * @param before its `enabled` as configured
 */
export function switchTo(
  on: boolean,
  moduleId: string,
  before: { readonly value: unknown; readonly byName: boolean },
  draft: Draft,
): Draft {
  const { [moduleId]: _, ...others } = draft.switched;
  const linesDo = on ? before.value !== false : !before.byName;
  return { ...draft, switched: linesDo ? others : { ...others, [moduleId]: on } };
}

/** Puts a module at the end of the last line, or takes it off its line. */
export function toggle(lines: Layout, moduleId: string): Layout {
  const without = lines.map((line) => line.filter((place) => place.moduleId !== moduleId));
  if (without.some((line, n) => line.length !== lines[n]?.length))
    return without.filter((line) => line.length > 0);
  const place: Place = { moduleId, priority: priorityOf(moduleId), align: "left" };
  return lines.length === 0 ? [[place]] : [...lines.slice(0, -1), [...(lines.at(-1) ?? []), place]];
}

/** Moves a module one place on (1) or back (-1); at the end of a line it goes over to the next, or begins a new one. */
export function move(lines: Layout, moduleId: string, by: 1 | -1): Layout {
  const row = lines.findIndex((line) => line.some((place) => place.moduleId === moduleId));
  const line = [...(lines[row] ?? [])];
  const at = line.findIndex((place) => place.moduleId === moduleId);
  const [place] = line.splice(at, 1);
  if (row < 0 || place === undefined) return lines;
  const target = at + by;
  const others = lines.map((each, n) => (n === row ? line : [...each]));
  if (target >= 0 && target <= line.length) line.splice(target, 0, place);
  else if (by > 0) (others[row + 1] ?? addLine(others)).unshift(place);
  else if (row > 0) others[row - 1]?.push(place);
  else others.unshift([place]);
  return others.filter((each) => each.length > 0);
}

function addLine(lines: Place[][]): Place[] {
  const line: Place[] = [];
  lines.push(line);
  return line;
}

/** Lines as a configuration file has them: a name alone where nothing else is to be said. */
export function writtenLines(lines: Layout) {
  return lines.map((line) =>
    line.map(({ moduleId, priority, align }) => {
      const rest = {
        ...(priority === priorityOf(moduleId) ? {} : { priority }),
        ...(align === "left" ? {} : { align }),
      };
      return Object.keys(rest).length === 0 ? moduleId : { module: moduleId, ...rest };
    }),
  );
}

/** The options that the draft changes, by name; `undefined` takes one out of the file. */
export function changesOf(draft: Draft, configuration: Configuration): { key: string; value: unknown }[] {
  const chosen = Object.entries(draft.chosen)
    .filter(([key, value]) => configuration.effective.get(key)?.value !== value || key === "layout")
    .map(([key, value]) => ({ key, value: value as unknown }));
  const lines = draft.arranged
    ? [{ key: "lines", value: draft.lines === null ? undefined : writtenLines(draft.lines) }]
    : [];
  return [
    ...chosen,
    ...lines,
    ...Object.entries(draft.switched).map(([moduleId, on]) => ({
      key: `modules.${moduleId}.enabled`,
      value: on as unknown,
    })),
  ];
}

/** The draft as flags, for showing what it comes to. */
export function flagsOf(draft: Draft): string[] {
  const chosen = Object.entries(draft.chosen).map(([key, value]) => `--${key}=${value}`);
  const lines = draft.arranged
    ? [`--lines=${JSON.stringify(draft.lines === null ? null : writtenLines(draft.lines))}`]
    : [];
  const switched = Object.entries(draft.switched).map(([moduleId, on]) => `--enabled-${moduleId}=${on}`);
  return [...chosen, ...lines, ...switched];
}
