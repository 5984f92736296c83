import kleur from "kleur";
import { head as beginning } from "../lib/text.ts";
import type { Editor } from "./editor.ts";
import { type ChoiceRow, PAGES, type Page } from "./rows.ts";

/** Everything that the screen shows at one moment. */
export interface View {
  readonly screen: Editor["screen"];
  readonly page: Page;
  readonly rows: readonly ChoiceRow[];
  readonly selected: number;
  /** The row as it would look, and what is to be said of it. */
  readonly preview: Preview;
  readonly path: string;
}

export interface Preview {
  readonly frame: string;
  readonly title: string;
}

const KEYS = {
  choice: "←→ page  ↑↓ choose  enter save  esc leave  ? keys",
  modules: "space on/off  J K move  a align  enter save  ? keys",
};
const QUESTION = "Discard the changes?  y yes   s save them   n go on";

const HELP = [
  ["← →, tab", "next or previous page"],
  ["↑ ↓, j k", "choose, or go to a module"],
  ["space", "switch the module on or off"],
  ["J K, shift ↑ ↓", "move the module, also to another line"],
  ["a", "align the module: left, middle, right"],
  ["u", "undo the last change"],
  ["r", "reset to what was configured before"],
  ["enter", "save and leave"],
  ["esc, q", "leave; asks before changes are lost"],
] as const;

/** The screen as lines, none of them wider than `columns`, not more than `rows`. */
export function drawPage(view: View, columns: number, rows: number): string[] {
  const lines = view.screen === "help" ? helpLines() : pageLines(view, rows);
  return lines.slice(0, rows).map((line) => beginning(line, columns));
}

function helpLines(): string[] {
  const keys = HELP.map(([key, text]) => `  ${key.padEnd(16)}${text}`);
  return [kleur.bold("statusline configure"), "", ...keys, "", "any key goes back"];
}

function pageLines({ screen, page, rows: all, selected, preview, path }: View, rows: number): string[] {
  const tabs = PAGES.map((each) => (each === page ? kleur.inverse(` ${each} `) : ` ${each} `)).join(" ");
  const top = [kleur.bold("statusline configure"), "", tabs, ""];
  const keys = page === "modules" ? KEYS.modules : KEYS.choice;
  const bottom = [
    "",
    kleur.dim(preview.title),
    ...preview.frame.split("\n"),
    "",
    screen === "leaving" ? kleur.bold(QUESTION) : keys,
    path,
  ];
  const room = Math.max(1, rows - top.length - bottom.length);
  const first = Math.min(Math.max(0, selected - Math.floor(room / 2)), Math.max(0, all.length - room));
  const width = Math.max(...all.map(({ name }) => name.length));
  const list = all.slice(first, first + room).map(({ name, text, on }, n) => {
    const here = first + n === selected;
    const line = `${here ? "▸" : " "} ${on ? "●" : "○"} ${name.padEnd(width)}  ${kleur.dim(text)}`;
    return here ? kleur.bold(line) : line;
  });
  return [...top, ...list, ...bottom];
}
