import type { World } from "../world.ts";

/** A file that configures the program. */
export interface Source {
  readonly layer: "config" | "user" | "project";
  readonly path: string;
}

/** The user's own file, for all configuration directories. */
export function userFile(world: World): string {
  return `${world.home}/.claude/statusline.user.json`;
}

/** The files that may say something for a session in `projectDir`, the later over the earlier. */
export function sourcesFor(projectDir: string | null, world: World): Source[] {
  const sources: Source[] = [
    { layer: "config", path: `${world.configDir}/statusline.config.json` },
    { layer: "user", path: userFile(world) },
  ];
  if (projectDir !== null) sources.push({ layer: "project", path: `${projectDir}/.claude/statusline.json` });
  return sources;
}
