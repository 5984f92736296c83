import { presets } from "../look/layouts.ts";
import type { Layout, Place } from "../look/look.ts";
import { colors } from "../look/themes.ts";
import { CHOICES, type Choice } from "./draft.ts";

/** A line of a page that can be chosen. */
export interface ChoiceRow {
  readonly name: string;
  readonly text: string;
  /** Whether it is what is configured, or has a place on a line. */
  readonly on: boolean;
}

export const PAGES = [...CHOICES, "modules"] as const;
export type Page = (typeof PAGES)[number];

/** The row for what the layout brings. */
export const LAYOUTS_OWN = "layout's";

const TEXTS: Readonly<Record<Choice, Readonly<Record<string, string>>>> = {
  layout: Object.fromEntries(Object.entries(presets).map(([name, { description }]) => [name, description])),
  theme: Object.fromEntries(Object.entries(colors).map(([name, { description }]) => [name, description])),
  icons: {
    none: "no icons",
    emoji: "emoji, in any font that has them",
    nerd: "glyphs of a Nerd Font",
    ascii: "words, in any terminal",
  },
  separator: {
    bar: "│",
    dot: "·",
    slash: "/",
    space: "only space",
    powerline: "segments with edges; needs a Nerd Font",
  },
};

/**
 * The rows of a page of choices.
 * @param value what is set; null where the layout's own is used
 * @param brought what the layout brings; null where layouts say nothing of it
 */
export function choiceRows(choice: Choice, value: string | null, brought: string | null): ChoiceRow[] {
  const rows = Object.entries(TEXTS[choice]).map(([name, text]) => ({ name, text, on: name === value }));
  if (brought === null) return rows;
  return [{ name: LAYOUTS_OWN, text: `what the layout uses: ${brought}`, on: value === null }, ...rows];
}

const SIDES: Readonly<Record<Place["align"], string>> = { left: "left  ", flex: "middle", right: "right " };

/** The modules: those on a line in their order, then the others. */
export function moduleRows(
  lines: Layout,
  all: readonly { moduleId: string; description: string }[],
): ChoiceRow[] {
  const shown = lines.flatMap((line, n) => line.map((place) => ({ ...place, line: n + 1 })));
  const text = (moduleId: string) => all.find((module) => module.moduleId === moduleId)?.description ?? "";
  const rest = all.filter(({ moduleId }) => !shown.some((each) => each.moduleId === moduleId));
  return [
    ...shown.map(({ moduleId, line, align }) => ({
      name: moduleId,
      text: `line ${line} ${SIDES[align]}  ${text(moduleId)}`,
      on: true,
    })),
    ...rest.map(({ moduleId, description }) => ({
      name: moduleId,
      text: `${" ".repeat(15)}${description}`,
      on: false,
    })),
  ];
}
