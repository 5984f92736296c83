import { pathsIn } from "../lib/if-there.ts";
import { type Holding, inspect } from "../lib/lock.ts";
import { baseName } from "../lib/paths.ts";
import { timeSpan } from "../lib/quantity.ts";
import { type Check, type CheckContext, ok, problem, warning } from "./check.ts";

/** Milliseconds without renewal after which a living owner is stuck: none of its work takes as long. */
const STUCK = 10 * 60_000;
const REFRESH = "`statusline refresh` clears it away";

/** Locks that nobody alive holds, or that somebody holds for too long, and what such owners have left at work. */
export function checkLocks({ world }: CheckContext): Check[] {
  const paths = locksIn(world.paths.locks);
  const wrong = paths.flatMap(checkLock);
  return wrong.length > 0
    ? wrong
    : [ok("locks", paths.length === 0 ? "none" : `${paths.length}, all in use`)];
}

/** None where the folder itself cannot be read: that is told of with the files. */
function locksIn(folder: string): string[] {
  try {
    return pathsIn(folder, ".lock");
  } catch {
    return [];
  }
}

function checkLock(path: string): Check[] {
  let holding: Holding | null;
  try {
    holding = inspect(path);
  } catch {
    return [warning("locks", `${path} is no lock, and in the way of one`, REFRESH)];
  }
  if (holding === null) return [];
  const { owner, isAlive, orphans, age } = holding;
  const name = baseName(path);
  const left = orphans.map(({ pid }) =>
    problem("processes", `process ${pid} still works for an owner of ${name} who is dead`, `kill -- -${pid}`),
  );
  if (!isAlive) return [warning("locks", `${name}: its owner is dead`, REFRESH), ...left];
  if (age < STUCK) return [];
  return [
    problem("locks", `${name}: process ${owner?.pid} has held it for ${timeSpan(age)}`, `kill ${owner?.pid}`),
  ];
}
