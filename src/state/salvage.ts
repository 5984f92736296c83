import { StateDocument } from "./document.ts";
import { LIST_NAMES, LISTS } from "./lists.ts";
import { findSection, itemsOf, linesOf } from "./sections.ts";
import { isFields, type Plain } from "./yaml-text.ts";

/** A new state with those profiles and sessions of a broken file that can be read one by one. */
export function salvage(text: string): StateDocument {
  const state = new StateDocument("");
  const lines = linesOf(text);
  for (const name of LIST_NAMES) {
    const section = findSection(lines, name);
    if (section === null || section.inline !== "") continue;
    for (const range of itemsOf(lines, section).ranges) {
      const item = itemIn(lines.slice(...range).join(""));
      const key = item?.[LISTS[name].id];
      if (typeof key === "string" && key !== "") state.upsert(name, key, item ?? {});
    }
  }
  return state;
}

function itemIn(text: string): { readonly [name: string]: Plain } | null {
  try {
    const list = Bun.YAML.parse(text);
    return Array.isArray(list) && isFields(list[0]) ? list[0] : null;
  } catch {
    return null; // This one is part of what is broken; the file that was moved aside still has it.
  }
}
