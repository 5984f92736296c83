import { pathsIn } from "../lib/if-there.ts";

/** Where an organisation's settings lie, by system. */
export function managedFolder(platform = process.platform): string {
  if (platform === "darwin") return "/Library/Application Support/ClaudeCode";
  return platform === "win32" ? "C:\\Program Files\\ClaudeCode" : "/etc/claude-code";
}

/** The files of an organisation's settings, in the order in which Claude Code applies them; also those that are not there. */
export function managedFiles(configDir: string, folder: string): string[] {
  const whole = [`${configDir}/remote-settings.json`, `${folder}/managed-settings.json`];
  try {
    return [...whole, ...pathsIn(`${folder}/managed-settings.d`, ".json").sort()];
  } catch {
    return whole; // Not a folder, or not ours to look into: Claude Code finds nothing in it either.
  }
}
