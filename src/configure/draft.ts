import type { Configuration } from "../config/load.ts";
import { type LayoutName, type Preset, presets, priorityOf } from "../look/layouts.ts";
import type { Layout, Place } from "../look/look.ts";

/** The options that are chosen from a list, in the order of the pages. */
export const CHOICES = ["layout", "theme", "icons", "separator"] as const;
export type Choice = (typeof CHOICES)[number];

/** The choices that a layout brings a value for. */
const BROUGHT: readonly Choice[] = ["icons", "separator"];

/** What the person has chosen so far, beside what was configured before. */
export interface Draft {
  /** By option; null: the layout's own. */
  readonly chosen: Readonly<Partial<Record<Choice, string | null>>>;
  /** null: the layout's own. */
  readonly lines: Layout | null;
  /** Whether the lines were changed here. */
  readonly arranged: boolean;
  /** Modules of which `enabled` must become something else for the lines to count. */
  readonly switched: Readonly<Record<string, boolean>>;
}

export const EMPTY: Draft = { chosen: {}, lines: null, arranged: false, switched: {} };

/** Takes a choice up; another layout brings its own lines, with what is on or off as it was. */
export function choose(draft: Draft, choice: Choice, value: string | null): Draft {
  const chosen = { ...draft.chosen, [choice]: value };
  return choice === "layout"
    ? { ...draft, chosen, lines: null, arranged: true, switched: {} }
    : { ...draft, chosen };
}

/** What an option is set to, here or before; null where the layout's own is used. */
export function setValue({ chosen }: Draft, choice: Choice, { effective }: Configuration): string | null {
  const value = chosen[choice];
  if (value !== undefined) return value;
  const before = effective.get(choice);
  const isSet = before !== undefined && before.origin.layer !== "default" && before.origin.layer !== "layout";
  return isSet || !BROUGHT.includes(choice) ? String(before?.value) : null;
}

/** What the chosen layout brings for an option; null for an option of which layouts say nothing. */
export function layoutValue(draft: Draft, choice: Choice, configuration: Configuration): string | null {
  if (!BROUGHT.includes(choice)) return null;
  const preset: Preset = presets[layoutOf(draft, configuration)];
  const field = configuration.fields.find(({ key }) => key === choice);
  return preset[choice as "icons" | "separator"] ?? String(field?.default);
}

function layoutOf({ chosen }: Draft, { effective }: Configuration): LayoutName {
  return (chosen.layout ?? effective.get("layout")?.value ?? "default") as LayoutName;
}

/** The lines as they are: arranged here, configured before, or the layout's own. */
export function linesOf(draft: Draft, configured: Layout): Layout {
  if (!draft.arranged) return configured;
  return draft.lines ?? presets[(draft.chosen.layout ?? "default") as keyof typeof presets].lines;
}

/** Notes that a module has a place now, or none: one switched off is not shown there, one switched on is without. */
export function switchTo(draft: Draft, moduleId: string, on: boolean, { effective }: Configuration): Draft {
  const before = effective.get(`modules.${moduleId}.enabled`);
  const isOn = before?.value === true;
  const differs = on ? !isOn : isOn && before.origin.layer !== "default";
  const { [moduleId]: _, ...others } = draft.switched;
  return { ...draft, switched: differs ? { ...others, [moduleId]: on } : others };
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

const NEXT_ALIGN = { left: "flex", flex: "right", right: "left" } as const;

/** Moves a module to the next side of its line: left, middle, right. */
export function realign(lines: Layout, moduleId: string): Layout {
  return lines.map((line) =>
    line.map((place) => (place.moduleId === moduleId ? { ...place, align: NEXT_ALIGN[place.align] } : place)),
  );
}

/** An option and what it is set to; `undefined` takes it out of the file. */
interface Change {
  readonly key: string;
  readonly value: unknown;
}

/** The options that the draft changes. */
export function changesOf(draft: Draft, configuration: Configuration): Change[] {
  const chosen = CHOICES.flatMap((key): Change[] => {
    const value = draft.chosen[key];
    if (value === undefined) return [];
    // A layout is written down also where it is the default: its lines may have been replaced.
    if (key === "layout") return [{ key, value }];
    const before = setValue(EMPTY, key, configuration);
    const isSame = value === (before ?? (value === null ? null : layoutValue(draft, key, configuration)));
    return isSame ? [] : [{ key, value: value ?? undefined }];
  });
  const lines = draft.arranged
    ? [{ key: "lines", value: draft.lines === null ? undefined : writtenLines(draft.lines) }]
    : [];
  const switched = Object.entries(draft.switched).map(([moduleId, on]) => ({
    key: `modules.${moduleId}.enabled`,
    value: on,
  }));
  return [...chosen, ...lines, ...switched];
}

/** The draft as flags, for showing what it comes to. */
export function flagsOf(draft: Draft, configuration: Configuration): string[] {
  const chosen = CHOICES.flatMap((key) => {
    if (draft.chosen[key] === undefined) return [];
    return [`--${key}=${draft.chosen[key] ?? layoutValue(draft, key, configuration)}`];
  });
  const lines = draft.arranged
    ? [`--lines=${JSON.stringify(draft.lines === null ? null : writtenLines(draft.lines))}`]
    : [];
  const switched = Object.entries(draft.switched).map(([moduleId, on]) => `--enabled-${moduleId}=${on}`);
  return [...chosen, ...lines, ...switched];
}
