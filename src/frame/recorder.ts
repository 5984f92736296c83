import type { Stamp } from "../cache/saved-frame.ts";
import { parentOf } from "../lib/paths.ts";
import type { World } from "../world.ts";

/** A world that records which files are asked for. */
export interface Recorder {
  readonly world: World;
  /**
   * The files that were asked for since the last call, as stamps. For one that was absent its folder is stamped where that
   * was asked for too: it changes when the file is made.
   */
  stamps(): Stamp[];
}

/**
 * Records which files are asked for, with their times as they were before they were read; each file's time is looked up
 * once in a run.
 * @param known stamps that are up to date
 */
export function recorded(world: World, known: readonly (Stamp | null)[]): Recorder {
  const times: Record<string, number | null> = {};
  for (const stamp of known) if (stamp !== null) times[stamp[0]] = stamp[1];
  let asked: Record<string, true> = {};
  const look = (path: string) => {
    asked[path] = true;
    const time = times[path];
    if (time !== undefined) return time;
    const found = world.mtime(path);
    times[path] = found;
    return found;
  };
  const after = <Rest extends unknown[], Result>(read: (path: string, ...rest: Rest) => Result) => {
    return (path: string, ...rest: Rest) => {
      look(path);
      return read(path, ...rest);
    };
  };
  return {
    stamps() {
      const found: Record<string, Stamp> = {};
      for (const path in asked) {
        const time = times[path] ?? null;
        const folder = parentOf(path) ?? "";
        const folderTime = times[folder];
        if (time === null && typeof folderTime === "number") found[folder] = [folder, folderTime];
        else found[path] = [path, time];
      }
      asked = {};
      const stamps: Stamp[] = [];
      for (const path in found) stamps.push(found[path] as Stamp);
      return stamps;
    },
    world: {
      ...world,
      mtime: look,
      readReplaced: (path, most) => (look(path) === null ? null : world.readReplaced(path, most)),
      readText: after(world.readText),
      readTail: after(world.readTail),
      size: after(world.size),
      isFile: after(world.isFile),
    },
  };
}

/** These stamps, with `value` for its file's; the file may then be replaced by one that holds the same. */
export function withValue(stamps: Stamp[], value: Stamp | null): Stamp[] {
  if (value !== null)
    for (let n = 0; n < stamps.length; n++) if (stamps[n]?.[0] === value[0]) stamps[n] = value;
  return stamps;
}
