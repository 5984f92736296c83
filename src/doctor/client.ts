import { type ParseError, parseTree } from "jsonc-parser";
import { positionOf } from "../config/file.ts";
import { messageOf } from "../lib/errors.ts";
import { type Fields, flag, record, string } from "../lib/fields.ts";
import { readOrNull } from "../lib/read.ts";
import { managedFiles, managedFolder } from "../sources/managed-settings.ts";
import type { World } from "../world.ts";

/** One of the files that Claude Code takes settings from. */
export interface ReadSettings {
  readonly path: string;
  /** Whose settings: the person's, the current folder's (shared, or not), the organisation's. */
  readonly layer: "user" | "project" | "local" | "managed";
  /** null when there is none, or it cannot be used. */
  readonly settings: Fields | null;
  /** Why it cannot be used. */
  readonly fault: string | null;
}

/** What Claude Code runs as its status line, and the file that says so. */
export interface StatusLine {
  readonly file: ReadSettings;
  readonly command: string | null;
  /** Seconds, and columns, as written: of any type. */
  readonly refreshInterval: unknown;
  readonly padding: unknown;
}

/** Claude Code's settings, as far as a status line depends on them. */
export interface ClientSettings {
  /** The later over the earlier; also those that are not there. */
  readonly files: readonly ReadSettings[];
  readonly statusLine: StatusLine | null;
  /** The file that switches status lines off: `disableAllHooks`, or `allowManagedHooksOnly` for those of others. */
  readonly disabledBy: { readonly file: ReadSettings; readonly key: string } | null;
}

/**
 * Reads Claude Code's settings for a session in the current folder.
 * @param managed the folder of the organisation's settings
 */
export function clientSettings(world: World, managed = managedFolder()): ClientSettings {
  const folder = `${world.cwd()}/.claude`;
  const places: [ReadSettings["layer"], string][] = [["user", `${world.configDir}/settings.json`]];
  if (folder !== world.configDir) places.push(["project", `${folder}/settings.json`]);
  places.push(["local", `${folder}/settings.local.json`]);
  const ofOrganisation = managedFiles(world.configDir, managed);
  places.push(...ofOrganisation.map((path): [ReadSettings["layer"], string] => ["managed", path]));
  const files = places.map(([layer, path]) => readSettings(layer, path));
  return { files, statusLine: statusLineIn(files), disabledBy: disablerIn(files) };
}

function readSettings(layer: ReadSettings["layer"], path: string): ReadSettings {
  try {
    const text = readOrNull(path);
    const settings: unknown = text === null ? null : JSON.parse(text.replace(/^\ufeff/, ""));
    const isObject = text !== null && record(settings) === settings;
    const fault = text === null || isObject ? null : "is not a JSON object";
    return { layer, path, settings: isObject ? record(settings) : null, fault };
  } catch (error) {
    const fault = error instanceof SyntaxError ? notJson(path) : messageOf(error);
    return { layer, path, settings: null, fault };
  }
}

/** Where a file is not JSON. The parser's words would quote the file, which holds more than what is asked for here. */
function notJson(path: string): string {
  const text = readOrNull(path)?.replace(/^\ufeff/, "") ?? "";
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true });
  const { line, column } = positionOf(text, errors[0]?.offset ?? 0);
  return `is not JSON (line ${line}, column ${column})`;
}

function statusLineIn(files: readonly ReadSettings[]): StatusLine | null {
  const file = files.findLast(({ settings }) => settings?.statusLine !== undefined);
  if (file === undefined) return null;
  const { type, command, refreshInterval, padding } = record(file.settings?.statusLine);
  return { file, command: type === "command" ? string(command) : null, refreshInterval, padding };
}

function disablerIn(files: readonly ReadSettings[]): ClientSettings["disabledBy"] {
  const off = files.findLast(({ settings }) => flag(settings?.disableAllHooks) !== null);
  if (off?.settings?.disableAllHooks === true) return { file: off, key: "disableAllHooks" };
  const strict = files.find(
    ({ layer, settings }) => layer === "managed" && settings?.allowManagedHooksOnly === true,
  );
  const isManaged = statusLineIn(files)?.file.layer === "managed";
  return strict === undefined || isManaged ? null : { file: strict, key: "allowManagedHooksOnly" };
}
