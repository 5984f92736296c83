import type { SeenFile, Texts } from "../cache/saved-frame.ts";
import { parentOf } from "../lib/paths.ts";
import type { World } from "../world.ts";

/** Characters of a file whose text is kept; what the client writes for itself is longer, and none of our business. */
const SMALL = 4096;

/** What a watched world was asked for. */
export interface Watch {
  readonly world: World;
  /** The files asked for. One that was absent is left out where its folder is among them: that changes with it. */
  files(values: readonly SeenFile[]): SeenFile[];
  /** What the small ones held. */
  readonly texts: Texts;
}

/**
 * A world that notes each file that is asked for, with its time as it was before it was read, and asks for each time
 * once only. What the last render read of a small file is taken from there while the file's time is the same.
 * @param before what the last render read
 * @param standing files that parts were made from which are kept, as they are: they count as asked for
 */
export function watched(world: World, before: Texts, standing: readonly SeenFile[] | null): Watch {
  const seen: Record<string, number | null> = {};
  const values: Record<string, SeenFile> = {};
  for (const file of standing ?? []) {
    seen[file[0]] = file[1];
    if (file[2] !== undefined) values[file[0]] = file;
  }
  const texts: Record<string, readonly [number, string]> = standing === null ? {} : { ...before };
  const look = (path: string) => {
    const known = seen[path];
    if (known !== undefined) return known;
    const time = world.mtime(path);
    seen[path] = time;
    return time;
  };
  const after = <Rest extends unknown[], Result>(read: (path: string, ...rest: Rest) => Result) => {
    return (path: string, ...rest: Rest) => {
      look(path);
      return read(path, ...rest);
    };
  };
  return {
    texts,
    files(found) {
      // The first that was seen counts: a file that has been replaced since then is another one next time.
      for (const file of found) values[file[0]] ??= file;
      const files: SeenFile[] = [];
      for (const path in seen) {
        const time = seen[path] ?? null;
        const isCovered = time === null && typeof seen[parentOf(path) ?? ""] === "number";
        if (!isCovered) files.push(values[path] ?? [path, time]);
      }
      return files;
    },
    world: {
      ...world,
      mtime: look,
      readReplaced(path, most) {
        const time = look(path);
        if (time === null) return null;
        const last = before[path];
        const text = last?.[0] === time ? last[1] : world.readReplaced(path, most);
        if (text !== null && text.length <= SMALL) texts[path] = [time, text];
        return text;
      },
      readText: after(world.readText),
      readTail: after(world.readTail),
      size: after(world.size),
      isFile: after(world.isFile),
    },
  };
}
