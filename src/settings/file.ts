import { linkTarget } from "../lib/links.ts";
import { bytesOrNull } from "../lib/read.ts";
import { UserError } from "../lib/user-error.ts";
import { judged } from "./judge.ts";
import type { SettingsPlace } from "./places.ts";

const BYTE_ORDER_MARK = "\ufeff";

/** A file of Claude Code's settings, as it was read. */
export interface SettingsFile {
  /** As a person names it. */
  readonly path: string;
  /** The same with all links followed: what is written. */
  readonly target: string;
  /** null when there is no such file. */
  readonly bytes: Uint8Array | null;
  /** Its text, without the byte order mark. */
  readonly text: string;
}

/**
 * Reads settings. A file that is missing has no text.
 * @throws UserError when it cannot be used, with line and column, and when links lead out of the project; system errors
 */
export function readSettings({ path, within }: Pick<SettingsPlace, "path" | "within">): SettingsFile {
  const target = linkTarget(path);
  if (within !== null && !target.startsWith(`${within}/`))
    throw new UserError(
      1,
      `${path} leads to ${target}, which is outside the project`,
      "Edit that file yourself, or replace the link by a file; nothing was written.",
    );
  const bytes = bytesOf(target);
  return { path, target, bytes, text: bytes === null ? "" : judged(bytes, path) };
}

/** What a file holds, or null when there is none. @throws UserError when something else is there; system errors */
export function bytesOf(path: string): Uint8Array | null {
  return bytesOrNull(path);
}

/** `text` as it is written to the file: with the byte order mark that it has. */
export function encoded(text: string, { bytes }: SettingsFile): Uint8Array {
  const marked = bytes !== null && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return new TextEncoder().encode(marked ? BYTE_ORDER_MARK + text : text);
}
