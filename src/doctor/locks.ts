import { pathsIn } from "../lib/if-there.ts";
import { type Holding, inspect } from "../lib/lock.ts";
import { baseName } from "../lib/paths.ts";
import { timeSpan } from "../lib/quantity.ts";
import { type Check, type CheckContext, ok, problem, warning } from "./check.ts";

/** Milliseconds without renewal after which a living owner is stuck: none of its work takes as long. */
const STUCK = 10 * 60_000;
const REFRESH = "`statusline refresh` removes it.";

/** Locks whose owner is dead or has held them for too long, and child processes that such owners have left running. */
export function checkLocks({ world }: CheckContext): Check[] {
  const paths = locksIn(world.paths.locks);
  const wrong = paths.flatMap(checkLock);
  return wrong.length > 0
    ? wrong
    : [ok("locks", paths.length === 0 ? "none" : `${paths.length}, all in use`)];
}

/** None where the folder itself cannot be read: the check of files reports that. */
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
    return [warning("locks", `${path} is not a lock, but where one should be`, REFRESH)];
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
