import type { Configuration } from "../config/load.ts";
import type { Settings } from "../config/settings.ts";
import type { World } from "../world.ts";
import type { ClientSettings } from "./client.ts";

/** A problem makes rows blank or wrong; a warning leaves something out, or may come to be a problem. */
export type Status = "ok" | "warning" | "problem";

/** What was looked at, and what was found. */
export interface Check {
  readonly name: string;
  readonly status: Status;
  readonly message: string;
  /** What to do about it; "" where there is nothing to do. */
  readonly hint: string;
}

/** What the checks look at. */
export interface CheckContext {
  readonly world: World;
  /** Claude Code's settings, as they are for a session in the current folder. */
  readonly client: ClientSettings;
  /** Our configuration for such a session, the flags of its command included. */
  readonly configuration: Configuration;
  readonly settings: Settings;
  /** A document such as Claude Code gives on stdin. */
  readonly document: object;
  /** This program's version. */
  readonly version: string;
}

/** Checks that belong together. @throws system errors about files that cannot be asked */
export type Group = (ground: CheckContext) => readonly Check[] | Promise<readonly Check[]>;

export const ok = (name: string, message: string): Check => ({ name, status: "ok", message, hint: "" });

export const warning = (name: string, message: string, hint = ""): Check => ({
  name,
  status: "warning",
  message,
  hint,
});

export const problem = (name: string, message: string, hint = ""): Check => ({
  name,
  status: "problem",
  message,
  hint,
});
