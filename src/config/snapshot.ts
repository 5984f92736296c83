import { sourceHash } from "../build-id.ts" with { type: "macro" };
import { sealed, unsealed } from "../lib/sealed.ts";
import type { StatusModule } from "../module.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import type { Settings } from "./settings.ts";
import { type Source, sourcesFor } from "./sources.ts";

/** Another build may know other options, and have other defaults. */
const BUILD = sourceHash();

/**
 * The settings of a session. Without any file, variable or flag they are `builtIn`. Else they are read from a snapshot,
 * which is made again when a file's time or size has changed, so that a change shows in the next render.
 * @throws system errors when files cannot be asked
 */
export function settingsFor(
  session: Pick<Session, "projectDir" | "overrides">,
  modules: () => Promise<readonly StatusModule[]>,
  builtIn: Settings,
  world: World,
): Settings | Promise<Settings> {
  const sources: Source[] = [];
  const stamps: unknown[] = [];
  for (const source of sourcesFor(session.projectDir, world)) {
    const mtime = world.mtime(source.path);
    if (mtime === null) continue;
    sources.push(source);
    stamps.push([source.path, mtime, world.size(source.path)]);
  }
  const { overrides } = session;
  if (sources.length === 0 && overrides.length === 0) return builtIn;
  const key = JSON.stringify([BUILD, overrides, stamps]);
  const path = `${world.paths.cache}/config-${Bun.hash(JSON.stringify([session.projectDir, overrides])).toString(16)}.json`;
  return readSnapshot(path, key, world) ?? takeSnapshot(path, key, sources, overrides, modules, world);
}

interface Snapshot {
  readonly key: string;
  readonly settings: Settings;
}

/** More than any snapshot has. */
const MAX_BYTES = 1024 * 1024;

function readSnapshot(path: string, key: string, world: World): Settings | null {
  try {
    const snapshot = unsealed(world.readReplaced(path, MAX_BYTES) ?? "") as Snapshot | null;
    return snapshot?.key === key ? snapshot.settings : null;
  } catch {
    return null; // It can be made again.
  }
}

async function takeSnapshot(
  path: string,
  key: string,
  sources: readonly Source[],
  overrides: readonly string[],
  loadModules: () => Promise<readonly StatusModule[]>,
  world: World,
): Promise<Settings> {
  const [modules, { loadConfiguration }, { resolve }, { problemText }, { writeAtomic }, { log }] =
    await Promise.all([
      loadModules(),
      import("./load.ts"),
      import("./resolve.ts"),
      import("./problem.ts"),
      import("../lib/atomic.ts"),
      import("../lib/log.ts"),
    ]);
  const configuration = await loadConfiguration(modules, sources, overrides, world);
  for (const problem of configuration.problems) log(world.paths.log, "error", "config", problemText(problem));
  const settings = resolve(configuration, modules);
  try {
    writeAtomic(path, sealed({ key, settings } satisfies Snapshot));
  } catch (error) {
    log(world.paths.log, "error", "config", String(error));
  }
  return settings;
}
