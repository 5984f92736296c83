/**
 * What the settings held before this program was set up: `session-health/former-statusline.json`, by the files'
 * names. Not even a setup of another version may lose it, so what cannot be read is never written over.
 */

import { writeAtomic } from "../lib/atomic.ts";
import { isRecord } from "../lib/fields.ts";
import { removeIfThere } from "../lib/if-there.ts";
import { readOrNull } from "../lib/read.ts";
import { UserError } from "../lib/user-error.ts";
import type { Paths } from "../paths.ts";

/** What a setup changed in one file. Texts are as they were in it, to the byte. */
export interface Former {
  /** The former value of `statusLine`; null where there was none. */
  readonly value: string | null;
  /** The value that setup wrote. */
  readonly wrote: string;
  /** What setup put in, and what it took out for that. */
  readonly put: string;
  readonly took: string;
  /** Where in `put` the value begins. */
  readonly lead: number;
  /** There was no such file. */
  readonly made: boolean;
  /** What was done to the person's own configuration; null where nothing was. */
  readonly kept: Kept | null;
}

/** The former status line as a module in ours: a file of configuration before and after that. */
export interface Kept {
  readonly path: string;
  /** The command that the module was given. */
  readonly run: string;
  /** null when there was no such file. */
  readonly before: string | null;
  readonly after: string;
}

export type Formers = Readonly<Record<string, Former>>;

export const formerPath = ({ root }: Paths) => `${root}/former-statusline.json`;

/** @throws UserError when the file cannot be used; system errors */
export function readFormers(paths: Paths): Formers {
  const path = formerPath(paths);
  const text = readOrNull(path);
  if (text === null) return {};
  const formers = parsed(text);
  if (formers === null)
    throw new UserError(
      1,
      `${path}: the record of the former status line cannot be read`,
      "Fix it or move it away; nothing was written.",
    );
  return formers;
}

/** Remembers what one file held; null forgets it. @throws UserError when the file cannot be used; system errors */
export function remember(name: string, former: Former | null, paths: Paths): void {
  const { [name]: _, ...others } = readFormers(paths);
  const formers = former === null ? others : { ...others, [name]: former };
  if (Object.keys(formers).length === 0) removeIfThere(formerPath(paths));
  else writeAtomic(formerPath(paths), `${JSON.stringify(formers, null, 2)}\n`);
}

function parsed(text: string): Formers | null {
  try {
    const formers = JSON.parse(text);
    return isRecord(formers) && Object.values(formers).every(isFormer) ? (formers as Formers) : null;
  } catch {
    return null;
  }
}

function isFormer(value: unknown): value is Former {
  const { value: former, wrote, put, took, lead, made, kept } = Object(value) as Partial<Former>;
  const texts = [wrote, put, took].every((text) => typeof text === "string");
  const flags = typeof lead === "number" && typeof made === "boolean";
  return texts && flags && (former === null || typeof former === "string") && (kept === null || isKept(kept));
}

function isKept(value: unknown): value is Kept {
  const { path, run, before, after } = Object(value) as Partial<Kept>;
  const texts = [path, run, after].every((text) => typeof text === "string");
  return texts && (before === null || typeof before === "string");
}
