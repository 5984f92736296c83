import { type Settings, settingsOf } from "../config/settings.ts";
import type { StatusModule } from "../module.ts";

/** What the state tells of, whether the row shows it or not. */
const TOLD = ["model", "context", "git", "tmux", "cost", "limits"];

/** Whether a module is on, and has a place in the row or in the state: the values of others are nobody's. */
export function isWanted({ moduleId }: StatusModule, settings: Settings): boolean {
  if (!settingsOf(settings, moduleId).enabled) return false;
  if (TOLD.includes(moduleId)) return true;
  return settings.look.lines.some((line) => line.some((place) => place.moduleId === moduleId));
}
