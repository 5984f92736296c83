import { UserError } from "../lib/user-error.ts";
import { changesBetween, edit, withoutField } from "./edit.ts";
import { HEADER, stamped, VERSION } from "./header.ts";
import { LISTS, type ListName } from "./lists.ts";
import { attempt, readData } from "./parse.ts";
import { findSection, itemsOf, type Lines, linesOf } from "./sections.ts";
import { rewritten, type Step, setIn } from "./steps.ts";
import { blockField, blockItem, isFields, type Plain, type YamlFields } from "./yaml-text.ts";

/**
 * The text of `runtime-state.yaml`, edited in place: only what changes is written again; comments, order,
 * quoting, blank lines and unknown keys of a person stay as they are.
 */
export class StateDocument {
  readonly #original: string;
  readonly #data: Record<string, Plain>;
  readonly #steps: Step[] = [];
  /** null once a step could not be made by lines. */
  #lines: Lines | null;
  /** For the header, epoch ms; null: as it is. */
  #updatedAt: number | null = null;

  /** @throws StateSyntaxError when `text` is no YAML, or not fields at the top, or its lists are no lists */
  constructor(text: string) {
    this.#original = text.trim() === "" ? HEADER : text;
    this.#lines = linesOf(this.#original);
    this.#data = readData(this.#original);
  }

  /** All of it as plain data; what a person wrote may have any type. */
  get data(): YamlFields {
    return this.#data;
  }

  /** Whether anything was set or taken out. */
  isChanged(): boolean {
    return this.#steps.length > 0;
  }

  list(name: ListName): readonly Plain[] {
    const list = this.#data[name];
    return Array.isArray(list) ? list : [];
  }

  find(name: ListName, id: string): YamlFields | null {
    const found = this.list(name).find((item) => isFields(item) && item[LISTS[name].id] === id);
    return (found as YamlFields | undefined) ?? null;
  }

  /**
   * The edited text. Text edited by lines is taken only if it says what it should; else all steps go through
   * the YAML library, which keeps comments and order, though not the layout.
   * @throws UserError when that does not give the right text either; nothing must be written then
   */
  text(): string {
    if (!this.isChanged()) return this.#original;
    const edited = this.#lines?.join("") ?? null;
    if (edited !== null && says(edited, this.#data)) return this.#dated(edited);
    const whole = attempt(() => rewritten(this.#original, this.#steps));
    if (whole === null || !says(whole, this.#data))
      throw new UserError(
        1,
        "the state file cannot be edited without changing other entries",
        "`statusline state check` shows where, and what to do.",
      );
    return this.#dated(whole);
  }

  #dated(text: string): string {
    return this.#updatedAt === null ? text : stamped(text, this.#updatedAt);
  }

  /** Sets the fields given in the item of that id, or adds the item; what it holds besides stays. */
  upsert(name: ListName, id: string, fields: YamlFields): void {
    const before = this.find(name, id);
    const item = { [LISTS[name].id]: id, ...fields };
    if (before === null) {
      this.#append(name, item);
      return;
    }
    const changes = changesBetween(before, item);
    if (changes.length === 0) return;
    const index = this.list(name).indexOf(before);
    this.#inPlace((lines) => {
      const range = this.#range(lines, name, index);
      return range && splice(lines, range, edit(lines.slice(...range).join(""), before, changes));
    });
    for (const { path, value } of changes) this.#set([name, index, ...path], value);
  }

  /** Takes a field out of the item of that id, with the comments in it. */
  unset(name: ListName, id: string, field: string): void {
    const before = this.find(name, id);
    if (before === null || !(field in before)) return;
    const index = this.list(name).indexOf(before);
    this.#inPlace((lines) => {
      const range = this.#range(lines, name, index);
      const text = range && withoutField(lines.slice(...range).join(""), field);
      return range === null || text === null ? null : splice(lines, range, text);
    });
    this.#steps.push({ path: [name, index, field], value: undefined });
    const { [field]: _, ...rest } = before;
    this.#data[name] = this.list(name).with(index, rest);
  }

  /** Takes an item out. @returns its text, comments within it included, or null when there was none */
  remove(name: ListName, id: string): string | null {
    const before = this.find(name, id);
    if (before === null) return null;
    const list = this.list(name);
    const index = list.indexOf(before);
    let removed = blockItem(before, "");
    this.#inPlace((lines) => {
      const range = this.#range(lines, name, index);
      if (range === null) return null;
      removed = lines.slice(...range).join("");
      const rest = splice(lines, range, "");
      return list.length === 1 ? emptied(rest, name) : rest;
    });
    this.#steps.push({ path: [name, index], value: undefined });
    this.#data[name] = list.toSpliced(index, 1);
    return removed;
  }

  /**
   * Notes the time of an update, epoch ms, and how many there are of each list, where anything has changed. What a person
   * wrote as `metadata` instead of fields stays.
   */
  touch(now: number): void {
    const metadata = this.#data.metadata ?? null;
    const totals = {
      totalAuthProfiles: this.list("authProfiles").length,
      totalActiveSessions: this.list("sessions").length,
    };
    const known = isFields(metadata) ? metadata : {};
    if (!this.isChanged() && Bun.deepEquals({ ...known, ...totals }, known)) return;
    this.#updatedAt = now;
    if (metadata === null || isFields(metadata))
      this.#setMetadata(metadata, { version: VERSION, lastUpdated: now, ...totals });
  }

  #setMetadata(before: YamlFields | null, fields: YamlFields): void {
    const changes = changesBetween({ metadata: before }, { metadata: fields });
    if (changes.length === 0) return;
    this.#inPlace((lines) => {
      const section = findSection(lines, "metadata");
      if (section === null && "metadata" in this.#data) return null;
      if (section === null) return [...closed(lines), ...linesOf(blockField("metadata", fields, ""))];
      const range = [section.start, section.end] as const;
      return splice(lines, range, edit(lines.slice(...range).join(""), { metadata: before }, changes));
    });
    for (const { path, value } of changes) this.#set(path, value);
  }

  #append(name: ListName, item: YamlFields): void {
    const list = this.list(name);
    this.#inPlace((source) => {
      const lines = closed(source);
      const section = findSection(lines, name);
      if (section === null && name in this.#data) return null;
      if (section === null) return [...lines, `${name}:\n`, ...linesOf(blockItem(item, "  "))];
      if (!["", "[]", "null", "~"].includes(section.inline)) return null;
      const { indent } = itemsOf(lines, section);
      const opened = lines.with(
        section.start,
        (lines[section.start] ?? "").replace(/:[ \t]*(\[\]|null|~)/, ":"),
      );
      return splice(opened, [section.end, section.end], blockItem(item, indent));
    });
    if (Array.isArray(this.#data[name])) this.#set([name, list.length], item);
    else this.#set([name], [item]);
  }

  #inPlace(work: (lines: Lines) => Lines | null): void {
    const lines = this.#lines;
    this.#lines = lines && attempt(() => work(lines));
  }

  #set(path: readonly (string | number)[], value: Plain): void {
    this.#steps.push({ path, value });
    setIn(this.#data, path, value);
  }

  #range(lines: Lines, name: ListName, index: number): readonly [number, number] | null {
    const section = findSection(lines, name);
    if (section === null || section.inline !== "") return null;
    const { ranges } = itemsOf(lines, section);
    return ranges.length === this.list(name).length ? (ranges[index] ?? null) : null;
  }
}

function says(text: string, expected: Record<string, unknown>): boolean {
  return Bun.deepEquals(
    attempt(() => readData(text)),
    expected,
  );
}

/** A list that has lost its last item is an empty list, not a null. */
function emptied(lines: Lines, name: ListName): Lines {
  const section = findSection(lines, name);
  if (section === null) return lines;
  return lines.with(section.start, (lines[section.start] ?? "").replace(/:(?=\s|$)/, ": []"));
}

/** Lines of which the last ends with a line end. */
function closed(lines: Lines): Lines {
  const last = lines.at(-1);
  return last === undefined || last.endsWith("\n") ? lines : lines.with(-1, `${last}\n`);
}

function splice(lines: Lines, [from, to]: readonly [number, number], text: string): Lines {
  return [...lines.slice(0, from), ...linesOf(text), ...lines.slice(to)];
}
