import { lstatSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { startMark } from "../frame/start-refresher.ts";
import { makeFolder, TEMP_NAME } from "../lib/atomic.ts";
import { ifThere, pathsIn } from "../lib/if-there.ts";
import { log } from "../lib/log.ts";
import { identify } from "../lib/process.ts";
import type { World } from "../world.ts";

/**
 * Removes what dead processes have left: temporary files and folders; and what is no file where only files belong: links,
 * pipes, devices. A folder there may hold something of a person's and is set aside. Made by listing five folders, at the
 * start of every refresher.
 * @throws system errors
 */
export function removeLitter(world: World): void {
  const { root, cache, frames, locks, reports } = world.paths;
  for (const folder of [root, cache, frames, locks, reports]) {
    for (const each of ifThere(() => readdirSync(folder, { withFileTypes: true }), [])) {
      const path = `${folder}/${each.name}`;
      const pid = Number(TEMP_NAME.exec(each.name)?.[1]);
      const isLeft = pid > 0 && identify(pid) === null;
      const isOther = folder !== root && !each.isFile() && !each.isDirectory();
      if (isLeft || isOther) rmSync(path, { recursive: true, force: true });
      else if (folder !== locks && folder !== root && each.isDirectory()) setAside(path, world);
    }
  }
}

/** Removes what is in the way of locks: links, pipes and devices; folders that are no locks are set aside. @throws system errors */
export function clearLocks(world: World): void {
  if (isFolder(startMark(world))) setAside(startMark(world), world);
  for (const lock of pathsIn(world.paths.locks, ".lock")) {
    const stats = lstatSync(lock, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    if (!stats.isDirectory()) rmSync(lock, { force: true });
    else if (ifThere(() => readdirSync(lock), []).some((name) => isFolder(`${lock}/${name}`)))
      setAside(lock, world);
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function setAside(path: string, world: World): void {
  const aside = `${world.paths.archive}/set-aside`;
  makeFolder(aside);
  const target = `${aside}/${basename(path)}.${Date.now()}`;
  renameSync(path, target);
  log(
    world.paths.log,
    "warning",
    "sweep",
    `${path}: a folder was where a file should be; it is now ${target}`,
  );
}
