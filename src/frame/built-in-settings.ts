import { defaultConfiguration } from "../config/load.ts";
import { resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import { modules } from "../modules/all.ts";

/** What the defaults come to. */
export function builtInSettings(): Settings {
  return resolve(defaultConfiguration(modules), modules);
}

/**
 * The same as JSON. Runs when the program is built, so that no render works it out. Bun would write an object into the
 * program at every place that names it; as text it is there once, and quicker to make.
 */
export function builtInText(): string {
  return JSON.stringify(builtInSettings());
}
