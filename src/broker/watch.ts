import type { World } from "../world.ts";
import type { SeenFile } from "./last-render.ts";

/**
 * A world that notes each file that is asked for, with its time as it was before it was read, and asks for each time
 * once only. What the last render read of a small file is taken from there while the file's time is the same.
 */
export function watched(
  world: World,
  before: readonly SeenFile[],
): { readonly world: World; readonly files: readonly SeenFile[] } {
  const known = new Map<string, SeenFile>();
  for (const file of before) known.set(file[0], file);
  const files: [string, number | null, string?][] = [];
  const seen = new Map<string, [string, number | null, string?]>();
  const look = (path: string) => {
    let file = seen.get(path);
    if (file === undefined) {
      file = [path, world.mtime(path)];
      seen.set(path, file);
      files.push(file);
    }
    return file;
  };
  const after = <Rest extends unknown[], Result>(read: (path: string, ...rest: Rest) => Result) => {
    return (path: string, ...rest: Rest) => {
      look(path);
      return read(path, ...rest);
    };
  };
  return {
    files,
    world: {
      ...world,
      mtime: (path) => look(path)[1],
      async readReplaced(path) {
        const file = look(path);
        if (file[1] === null) return null;
        const last = known.get(path);
        const text =
          last?.[1] === file[1] && last[2] !== undefined ? last[2] : await world.readReplaced(path);
        if (text !== null) file[2] = text;
        return text;
      },
      readText: after(world.readText),
      readTail: after(world.readTail),
      size: after(world.size),
      isFile: after(world.isFile),
    },
  };
}
