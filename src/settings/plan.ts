import { commandIn, newEntry, outdated, ownerOf, type Wanted } from "./entry.ts";
import type { SettingsFile } from "./file.ts";
import type { Former } from "./former.ts";
import type { Member } from "./members.ts";
import { entryIn, putEntry, rawValue, setField, spliced, takeEntryOut } from "./splice.ts";

/** What is to be done to one file of settings. */
export interface Plan {
  readonly file: SettingsFile;
  /** Its text after that; null when there is to be no file. */
  readonly after: string | null;
  /** The status line's present and future value; null for none. */
  readonly was: string | null;
  readonly will: string | null;
  /** What is to be remembered; null for nothing. */
  readonly former: Former | null;
}

/** A plan to set the program up. */
export interface Setup extends Plan {
  /** The command of another program's status line: of the present one, or of the one before this program's. */
  readonly other: string | null;
  /** This program is set up there already. */
  readonly again: boolean;
}

/** @param known what an earlier setup has left */
export function planSetup(file: SettingsFile, known: Former | null, wanted: Wanted): Setup {
  const entry = entryIn(file.text);
  const was = entry === null ? null : rawValue(file.text, entry);
  const own = was !== null && ownerOf(was, known?.wrote ?? null, wanted.program) === "own";
  if (own) return setUpAgain(file, was, known, wanted);
  const splice = putEntry(file.text, newEntry(wanted));
  const after = spliced(file.text, splice);
  const written = entryIn(after) as Member;
  const wrote = rawValue(after, written);
  const former: Former = {
    value: was,
    wrote,
    put: splice.put,
    took: splice.took,
    lead: written.valueAt - splice.at,
    made: file.bytes === null,
    kept: known?.kept ?? null,
  };
  return { file, after, was, will: wrote, former, other: commandIn(was), again: false };
}

/** This program is set up there already: only what is out of date changes, and the stored former value stays. */
function setUpAgain(file: SettingsFile, was: string, known: Former | null, wanted: Wanted): Setup {
  let after = file.text;
  let will = was;
  for (const [name, value] of outdated(was, wanted)) {
    after = spliced(after, setField(after, entryIn(after) as Member, name, value));
    will = rawValue(after, entryIn(after) as Member);
  }
  const former =
    known === null ? null : { ...known, wrote: will, put: putAfter(file.text, was, will, known) };
  return { file, after, was, will, former, other: commandIn(known?.value ?? null), again: true };
}

/** What a setup has put in, with another value; as it was where a person has changed it since. */
function putAfter(text: string, was: string, will: string, { put, lead }: Former): string {
  const at = (entryIn(text)?.valueAt ?? 0) - lead;
  return text.startsWith(put, at) ? put.slice(0, lead) + will + put.slice(lead + was.length) : put;
}

/** Why there is nothing to undo: `none` of this program is there, `another` program's is there, or it is `unclear`. */
export type Refusal = "none" | "another" | "unclear";

/** Plans to restore what was there before the setup. */
export function planUninstall(
  file: SettingsFile,
  known: Former | null,
  program: Wanted["program"],
): Plan | Refusal {
  const entry = entryIn(file.text);
  if (entry === null) return "none";
  const was = rawValue(file.text, entry);
  const owner = ownerOf(was, known?.wrote ?? null, program);
  if (owner === "unsure") return "unclear";
  if (owner === "other") return known === null || was === known.value ? "none" : "another";
  const after = undone(file.text, entry, known);
  return { file, after, was, will: known?.value ?? null, former: null };
}

/** The text without our entry. Where nothing else has changed around it, it is the text of before, to the byte. */
function undone(text: string, entry: Member, known: Former | null): string | null {
  if (known !== null) {
    const at = entry.valueAt - known.lead;
    const before = spliced(text, { at, took: known.put, put: known.took });
    if (text.startsWith(known.put, at) && isAsBefore(before, known))
      return known.made && before === "" ? null : before;
  }
  const value = known?.value ?? null;
  if (value === null) return spliced(text, takeEntryOut(text, entry));
  return spliced(text, { at: entry.valueAt, took: rawValue(text, entry), put: value });
}

function isAsBefore(text: string, { value }: Former): boolean {
  if (text.trim() === "") return value === null;
  try {
    JSON.parse(text);
  } catch {
    return false; // What was put in has other neighbours now.
  }
  const entry = entryIn(text);
  return (entry === null ? null : rawValue(text, entry)) === value;
}
