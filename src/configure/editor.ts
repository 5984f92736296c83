import type { Key } from "node:readline";
import { changesOf } from "./draft.ts";
import { GONE } from "./full-screen.ts";
import { type Chooser, type EditorContext, openPage, press, START } from "./page-keys.ts";

/** The editor at one moment. */
export interface Editor {
  readonly chooser: Chooser;
  /** What was chosen before each change, the latest last. */
  readonly history: readonly Chooser[];
  /** Which screen is open: the pages, the list of keys, or the question whether changes are to be discarded. */
  readonly screen: "pages" | "help" | "leaving";
  /** Set once the person is done. */
  readonly end: "save" | "discard" | null;
}

export function openEditor(ground: EditorContext): Editor {
  return { chooser: openPage(START, "layout", ground), history: [], screen: "pages", end: null };
}

/** What a key leads to; a key that means nothing here changes nothing. */
export function pressKey(editor: Editor, key: Key, ground: EditorContext): Editor {
  if (key === GONE) return { ...editor, end: "discard" };
  if (editor.screen === "help") return { ...editor, screen: "pages" };
  if (editor.screen === "leaving") return answer(editor, key);
  if (isLeave(key)) return leave(editor, ground);
  if (key.name === "return" || key.name === "enter") return { ...editor, end: "save" };
  if (key.name === "u") return undo(editor);
  if (key.name === "r") return changed(editor, openPage(START, editor.chooser.page, ground));
  if (key.sequence === "?") return { ...editor, screen: "help" };
  return changed(editor, press(editor.chooser, key, ground));
}

function isLeave({ name, ctrl }: Key): boolean {
  return name === "escape" || name === "q" || (ctrl === true && name === "c");
}

function leave(editor: Editor, { configuration }: EditorContext): Editor {
  const hasChanges = changesOf(editor.chooser.draft, configuration).length > 0;
  return hasChanges ? { ...editor, screen: "leaving" } : { ...editor, end: "discard" };
}

/** The second Ctrl-C leaves too: who presses it twice means it. */
function answer(editor: Editor, key: Key): Editor {
  if (key.name === "y" || (key.ctrl === true && key.name === "c")) return { ...editor, end: "discard" };
  if (key.name === "s") return { ...editor, end: "save" };
  return key.name === "n" || key.name === "escape" ? { ...editor, screen: "pages" } : editor;
}

function changed(editor: Editor, chooser: Chooser): Editor {
  if (Bun.deepEquals(chooser.draft, editor.chooser.draft)) return { ...editor, chooser };
  return { ...editor, chooser, history: [...editor.history, editor.chooser] };
}

function undo(editor: Editor): Editor {
  const chooser = editor.history.at(-1);
  return chooser === undefined ? editor : { ...editor, chooser, history: editor.history.slice(0, -1) };
}
