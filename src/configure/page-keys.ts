import type { Key } from "node:readline";
import { MAX_LINES } from "../config/lines.ts";
import type { Configuration } from "../config/load.ts";
import { placed } from "../config/resolve.ts";
import type { Layout } from "../look/look.ts";
import type { StatusModule } from "../module.ts";
import {
  type Choice,
  choose,
  type Draft,
  EMPTY,
  layoutValue,
  linesOf,
  move,
  realign,
  setValue,
  switchTo,
  toggle,
} from "./draft.ts";
import { type ChoiceRow, choiceRows, LAYOUTS_OWN, moduleRows, PAGES, type Page } from "./rows.ts";

/** Where the person is, and what was chosen so far. */
export interface Chooser {
  readonly draft: Draft;
  readonly page: Page;
  readonly selected: number;
}

/** What the choices are made from. */
export interface EditorContext {
  readonly configuration: Configuration;
  /** The lines as configured before. */
  readonly configured: Layout;
  readonly modules: readonly StatusModule[];
}

export const START: Chooser = { draft: EMPTY, page: "layout", selected: 0 };

/** The rows of the page that is open. */
export function rowsOf({ draft, page }: Chooser, ground: EditorContext): ChoiceRow[] {
  if (page === "modules") return moduleRows(linesIn(draft, ground), ground.modules);
  const { configuration } = ground;
  return choiceRows(page, setValue(draft, page, configuration), layoutValue(draft, page, configuration));
}

/** The lines as they are; those of a layout are as they will be shown. */
function linesIn(draft: Draft, { configuration, configured, modules }: EditorContext): Layout {
  const lines = linesOf(draft, configured);
  return draft.arranged && draft.lines === null ? placed(lines, configuration, modules) : lines;
}

/** Opens a page, at what is chosen on it. */
export function openPage(chooser: Chooser, page: Page, ground: EditorContext): Chooser {
  const opened = { ...chooser, page, selected: 0 };
  const on = page === "modules" ? 0 : rowsOf(opened, ground).findIndex((row) => row.on);
  return { ...opened, selected: Math.max(0, on) };
}

/** What a key leads to; a key that means nothing here changes nothing. */
export function press(chooser: Chooser, key: Key, ground: EditorContext): Chooser {
  const page = PAGES.indexOf(chooser.page);
  const turned = (by: number) => PAGES[(page + by + PAGES.length) % PAGES.length] ?? "layout";
  switch (key.name) {
    case "left":
      return openPage(chooser, turned(-1), ground);
    case "right":
    case "tab":
      return openPage(chooser, turned(1), ground);
    case "up":
      return key.shift ? moved(chooser, -1, ground) : stepped(chooser, -1, ground);
    case "down":
      return key.shift ? moved(chooser, 1, ground) : stepped(chooser, 1, ground);
    case "k":
      return key.shift ? moved(chooser, -1, ground) : stepped(chooser, -1, ground);
    case "j":
      return key.shift ? moved(chooser, 1, ground) : stepped(chooser, 1, ground);
    case "space":
      return switched(chooser, ground);
    case "a":
      return realigned(chooser, ground);
    default:
      return chooser;
  }
}

/** On a page of choices, moving to one chooses it: the preview shows it. */
function stepped(chooser: Chooser, by: number, ground: EditorContext): Chooser {
  const rows = rowsOf(chooser, ground);
  const selected = (chooser.selected + by + rows.length) % rows.length;
  const name = rows[selected]?.name;
  if (chooser.page === "modules" || name === undefined) return { ...chooser, selected };
  const value = name === LAYOUTS_OWN ? null : name;
  return { ...chooser, selected, draft: choose(chooser.draft, chooser.page as Choice, value) };
}

function switched(chooser: Chooser, ground: EditorContext): Chooser {
  const row = rowsOf(chooser, ground)[chooser.selected];
  if (chooser.page !== "modules" || row === undefined) return chooser;
  const next = arranged(chooser, row.name, ground, (lines) => toggle(lines, row.name));
  if (next === chooser) return chooser;
  return { ...next, draft: switchTo(next.draft, row.name, !row.on, ground.configuration) };
}

function moved(chooser: Chooser, by: 1 | -1, ground: EditorContext): Chooser {
  const row = rowsOf(chooser, ground)[chooser.selected];
  if (chooser.page !== "modules" || row === undefined || !row.on) return chooser;
  return arranged(chooser, row.name, ground, (lines) => move(lines, row.name, by));
}

function realigned(chooser: Chooser, ground: EditorContext): Chooser {
  const row = rowsOf(chooser, ground)[chooser.selected];
  if (chooser.page !== "modules" || row === undefined || !row.on) return chooser;
  return arranged(chooser, row.name, ground, (lines) => realign(lines, row.name));
}

/** Changes the lines, and stays with the module; the last one cannot leave, a row is never empty or one too many. */
function arranged(
  chooser: Chooser,
  name: string,
  ground: EditorContext,
  change: (lines: Layout) => Layout,
): Chooser {
  const lines = change(linesIn(chooser.draft, ground));
  if (lines.length === 0 || lines.length > MAX_LINES) return chooser;
  const next = { ...chooser, draft: { ...chooser.draft, lines, arranged: true } };
  return {
    ...next,
    selected: Math.max(
      0,
      rowsOf(next, ground).findIndex((row) => row.name === name),
    ),
  };
}
