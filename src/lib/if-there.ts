import { readdirSync, unlinkSync } from "node:fs";
import { hasCode } from "./errors.ts";

/** The result of `work`, or `none` when a file or folder that it needs is not there. @throws all other errors */
export function ifThere<Result, None>(work: () => Result, none: None): Result | None {
  try {
    return work();
  } catch (error) {
    if (hasCode(error, "ENOENT")) return none;
    throw error;
  }
}

/** Removes a file. @returns false when it is not there. @throws system errors */
export function removeIfThere(path: string): boolean {
  const remove = () => {
    unlinkSync(path);
    return true;
  };
  return ifThere(remove, false);
}

/** The names in a folder; none when there is no such folder. @throws system errors */
export function namesIn(folder: string): string[] {
  return ifThere(() => readdirSync(folder), []);
}

/** The paths in a folder whose names end so. @throws system errors */
export function pathsIn(folder: string, ending: string): string[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);
}
