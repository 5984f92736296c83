/**
 * A change of a text: `put` replaces `took` at `at`. All else stays as it was, to the byte.
 */
import { STATUS_LINE } from "./judge.ts";
import { type JsonObject, type Member, objectAt } from "./members.ts";
import { type Style, styleOf, written } from "./style.ts";

export interface Splice {
  readonly at: number;
  readonly took: string;
  readonly put: string;
}

/** The fields of a status line's entry. */
export type EntryFields = Readonly<Record<string, string | number>>;

export function spliced(text: string, { at, took, put }: Splice): string {
  return text.slice(0, at) + put + text.slice(at + took.length);
}

/** The status line's entry in settings, null where they have none. */
export function entryIn(text: string): Member | null {
  if (text.trim() === "") return null;
  return objectAt(text, 0).members.find(({ name }) => name === STATUS_LINE) ?? null;
}

/** The text of a member's value. */
export const rawValue = (text: string, { valueAt, end }: Member) => text.slice(valueAt, end);

/** Puts an entry into settings: in the place of the one that is there, else as the last one. */
export function putEntry(text: string, fields: EntryFields): Splice {
  if (text.trim() === "")
    return { at: 0, took: text, put: `{${lastMember("{}", objectAt("{}", 0), fields)}}\n` };
  const root = objectAt(text, 0);
  const entry = entryIn(text);
  if (entry !== null) {
    return {
      at: entry.valueAt,
      took: rawValue(text, entry),
      put: written(fields, styleOf(text, root)),
    };
  }
  const last = root.members.at(-1);
  if (last !== undefined) return { at: last.end, took: "", put: `,${lastMember(text, root, fields)}` };
  return { at: root.at + 1, took: text.slice(root.at + 1, root.close), put: lastMember(text, root, fields) };
}

function lastMember(text: string, object: JsonObject, fields: EntryFields): string {
  const style = styleOf(text, object);
  return member(STATUS_LINE, written(fields, style), style) + style.closing;
}

const member = (name: string, json: string, { gap, colon }: Style) =>
  `${gap}${JSON.stringify(name)}${colon}${json}`;

/** Sets one field of the entry that is there; it has others. */
export function setField(text: string, entry: Member, name: string, value: string | number): Splice {
  const object = objectAt(text, entry.valueAt);
  const json = JSON.stringify(value);
  // JSON.parse takes the last of equal names.
  const there = object.members.findLast((each) => each.name === name);
  if (there !== undefined) return { at: there.valueAt, took: rawValue(text, there), put: json };
  const at = object.members.at(-1)?.end ?? object.close;
  return { at, took: "", put: `,${member(name, json, styleOf(text, object))}` };
}

/** Takes the entry out, with the comma that goes with it. */
export function takeEntryOut(text: string, entry: Member): Splice {
  const { members, at, close } = objectAt(text, 0);
  const place = members.findIndex((each) => each.at === entry.at);
  const [before, after] = [members[place - 1], members[place + 1]];
  const [start, end] =
    before !== undefined
      ? [before.end, entry.end]
      : after !== undefined
        ? [entry.at, after.at]
        : [at + 1, close];
  return { at: start, took: text.slice(start, end), put: "" };
}
