import { expect } from "bun:test";
import { resolve } from "../../src/config/resolve.ts";
import { changesOf, flagsOf } from "../../src/configure/draft.ts";
import {
  type Chooser,
  type EditorContext,
  openPage,
  press,
  rowsOf,
  START,
} from "../../src/configure/page-keys.ts";
import { PAGES } from "../../src/configure/rows.ts";
import { modules } from "../../src/modules/all.ts";
import { configurationOf } from "../config/given.ts";

/** What the choices are made from, with such a user's file. */
export async function groundOf(content: object = {}, ...flags: string[]): Promise<EditorContext> {
  const configuration = await configurationOf(content, ...flags);
  return { configuration, configured: resolve(configuration, modules).look.lines, modules };
}

export const ground = await groundOf();

/** What such keys lead to: `down`, `shift+down`, the name of a page to open, or of a row to go to. */
export function pressed(keys: string, on: EditorContext = ground): Chooser {
  let chooser = openPage(START, "layout", on);
  for (const key of keys.split(" ")) {
    const page = PAGES.find((each) => each === key);
    const row = rowsOf(chooser, on).findIndex(({ name }) => name === key);
    if (page !== undefined) chooser = openPage(chooser, page, on);
    else if (row >= 0) chooser = { ...chooser, selected: row };
    else chooser = press(chooser, { name: key.replace("shift+", ""), shift: key.startsWith("shift+") }, on);
  }
  return chooser;
}

export const here = (chooser: Chooser, on = ground) => rowsOf(chooser, on)[chooser.selected]?.name;
export const changes = (keys: string, on = ground) =>
  Object.fromEntries(
    changesOf(pressed(keys, on).draft, on.configuration).map(({ key, value }) => [key, value]),
  );
/** The lines that the program shows with what was chosen. */
export async function shownWith(keys: string, content: object): Promise<string> {
  const on = await groundOf(content);
  const configuration = await configurationOf(content, ...flagsOf(pressed(keys, on).draft, on.configuration));
  expect(configuration.problems).toEqual([]);
  return resolve(configuration, modules)
    .look.lines.map((line) => line.map(({ moduleId }) => moduleId).join(" "))
    .join(" | ");
}
