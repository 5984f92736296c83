import { existsSync } from "node:fs";
import { namesIn } from "../lib/if-there.ts";
import { realPathOrNull } from "../lib/links.ts";
import { type Paths, pathsBelow } from "../paths.ts";
import type { World } from "../world.ts";

/** A file of settings, and where what is known of it is kept. */
export interface SettingsPlace {
  /** Its name among what is remembered. */
  readonly name: string;
  readonly path: string;
  /** The folder that the file must be in when all links are followed: a project's own; null for a person's. */
  readonly within: string | null;
  readonly paths: Paths;
}

/** The settings of a configuration directory. */
export function accountPlace(configDir: string): SettingsPlace {
  const path = `${configDir}/settings.json`;
  return { name: "settings.json", path, within: null, paths: pathsBelow(configDir) };
}

/** The settings of the project in `folder`; in the home they may be the account's. */
export function projectPlace(
  folder: string,
  { configDir, paths }: Pick<World, "configDir" | "paths">,
): SettingsPlace {
  const within = realPathOrNull(folder) ?? folder;
  const path = `${within}/.claude/settings.json`;
  if (path === `${realPathOrNull(configDir) ?? configDir}/settings.json`) return accountPlace(configDir);
  return { name: path, path, within, paths };
}

/** The settings of every configuration directory that is known: the one in use, and those in the home that were used. */
export function accountPlaces({ home, configDir }: Pick<World, "home" | "configDir">): SettingsPlace[] {
  const inHome = namesIn(home)
    .filter((name) => name === ".claude" || name.startsWith(".claude-"))
    .sort()
    .map((name) => `${home}/${name}`)
    .filter(
      (folder) => isUsed(folder) || (folder === `${home}/.claude` && existsSync(`${home}/.claude.json`)),
    );
  const folders = new Map<string, string>();
  for (const folder of [configDir, ...inHome]) {
    const real = realPathOrNull(folder) ?? folder;
    if (!folders.has(real)) folders.set(real, folder);
  }
  return [...folders.values()].map(accountPlace);
}

const isUsed = (folder: string) =>
  ["settings.json", ".claude.json"].some((name) => existsSync(`${folder}/${name}`));
