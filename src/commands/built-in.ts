import { defaultConfiguration } from "../config/load.ts";
import { resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import { modules } from "../modules/index.ts";

/** Runs when the program is built: what the defaults come to is then part of it, and no render works it out. */
export function builtInSettings(): Settings {
  return resolve(defaultConfiguration(modules), modules);
}
