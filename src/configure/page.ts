import kleur from "kleur";
import { head as beginning } from "../lib/text.ts";
import { colors } from "../look/colors.ts";
import { presets } from "../look/layouts.ts";
import type { Layout } from "../look/look.ts";
import { CHOICES, type Choice } from "./draft.ts";

/** A line of a page that can be chosen. */
export interface Row {
  readonly name: string;
  readonly text: string;
  /** Whether it is what is configured, or stands on a line. */
  readonly on: boolean;
}

export const PAGES = [...CHOICES, "modules"] as const;
export type Page = (typeof PAGES)[number];

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
    space: "room alone",
    powerline: "segments with edges; needs a Nerd Font",
  },
};

/** The rows of a page of choices. */
export function choiceRows(choice: Choice, current: unknown): Row[] {
  return Object.entries(TEXTS[choice]).map(([name, text]) => ({ name, text, on: name === current }));
}

/** The modules: those on a line in their order, then the others. */
export function moduleRows(lines: Layout, all: readonly { moduleId: string; description: string }[]): Row[] {
  const shown = lines.flatMap((line, n) => line.map(({ moduleId }) => ({ moduleId, line: n + 1 })));
  const text = (moduleId: string) => all.find((module) => module.moduleId === moduleId)?.description ?? "";
  const rest = all.filter(({ moduleId }) => !shown.some((each) => each.moduleId === moduleId));
  return [
    ...shown.map(({ moduleId, line }) => ({
      name: moduleId,
      text: `line ${line}  ${text(moduleId)}`,
      on: true,
    })),
    ...rest.map(({ moduleId, description }) => ({
      name: moduleId,
      text: `        ${description}`,
      on: false,
    })),
  ];
}

/** Everything that the screen shows at one moment. */
export interface View {
  readonly page: Page;
  readonly rows: readonly Row[];
  readonly selected: number;
  readonly frame: string;
  readonly path: string;
}

const KEYS: Readonly<Record<string, string>> = {
  choice: "←→ page   ↑↓ choose   enter save   esc leave",
  modules: "←→ page   ↑↓ go   space on/off   J K move   enter save   esc leave",
};

/** The screen as lines, none of them wider than `columns`, not more than `rows`. */
export function drawPage(view: View, columns: number, rows: number): string[] {
  const { page, selected } = view;
  const tabs = PAGES.map((each) => (each === page ? kleur.inverse(` ${each} `) : ` ${each} `)).join(" ");
  const head = [kleur.bold("statusline configure"), "", tabs, ""];
  const foot = [
    "",
    kleur.dim("preview"),
    ...view.frame.split("\n"),
    "",
    KEYS[page] ?? KEYS.choice ?? "",
    view.path,
  ];
  const room = Math.max(1, rows - head.length - foot.length);
  const first = Math.min(Math.max(0, selected - Math.floor(room / 2)), Math.max(0, view.rows.length - room));
  const width = Math.max(...view.rows.map(({ name }) => name.length));
  const list = view.rows.slice(first, first + room).map(({ name, text, on }, n) => {
    const here = first + n === selected;
    const line = `${here ? "▸" : " "} ${on ? "●" : "○"} ${name.padEnd(width)}  ${kleur.dim(text)}`;
    return here ? kleur.bold(line) : line;
  });
  return [...head, ...list, ...foot].slice(0, rows).map((line) => beginning(line, columns));
}
